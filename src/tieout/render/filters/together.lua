-- Runs what many runs of pandoc would: each job is a document with filters of its own, read and written here.
--
-- Metadata `tieout-jobs` names a file with the jobs; without it each line of the input names one, and is answered with
-- an empty one when they are done. What each came to is written to the file that it names. A job that fails or warns
-- writes nothing: it is run by itself, where its complaint is its own.

local function content(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local chunks = {} -- compiled once as well

-- A file of Lua that filters have in common runs anew for each.
function dofile(path)
  chunks[path] = chunks[path] or assert(loadfile(path))
  return chunks[path]()
end

local templates = {} -- compiled once: that takes longer than to write most pages

-- A page: the theme's template around it, filled with the variables of a file of defaults.
local function written(doc, job)
  local options = pandoc.WriterOptions(job.options)
  if job.template then
    templates[job.template] = templates[job.template] or pandoc.template.compile(content(job.template))
    options.template = templates[job.template]
    options.variables = pandoc.json.decode(content(job.defaults), false).variables
  end
  local text = pandoc.write(doc, job.to, options)
  return (job.to == "json" or text:match("\n$")) and text or text .. "\n"
end

-- A chapter is read once for all formats, which come after each other.
local last = {}
local function read(job)
  local text = content(job.text)
  if last.text ~= text or last.from ~= job.from then
    last = {}
    last = { text = text, from = job.from, doc = pandoc.read(text, job.from, PANDOC_READER_OPTIONS) }
  end
  return last.doc:clone()
end

local function made(job)
  local doc = read(job)
  for _, each in ipairs(job.meta) do
    doc.meta[each[1]] = pandoc.MetaString(each[2])
  end
  for _, filter in ipairs(job.filters) do
    if filter == "citeproc" then
      doc = pandoc.utils.citeproc(doc)
    else
      PANDOC_SCRIPT_FILE = filter
      doc = pandoc.utils.run_lua_filter(doc, filter)
    end
  end
  return written(doc, job)
end

local function is_silent(messages)
  for _, each in ipairs(messages) do
    if not tostring(each.type):match("^Loaded ") then return false end
  end
  return true
end

-- What a filter calls by a name of its own, the next one does not see.
local function alone(work, ...)
  local before = {}
  for name in pairs(_G) do
    before[name] = true
  end
  local messages, ok, result = pandoc.log.silence(pcall, work, ...)
  for name in pairs(_G) do
    if not before[name] then _G[name] = nil end
  end
  if ok and is_silent(messages) then return result end
  last = {} -- what reading warns of, the next one is to hear too
end

local function make(path)
  for _, job in ipairs(pandoc.json.decode(content(path), false)) do
    local began = os.clock()
    local result = alone(made, job)
    if result then
      local file = assert(io.open(job.out, "wb"))
      file:write(string.format("%.6f\n", os.clock() - began), result)
      assert(file:close())
    end
  end
end

function Meta(meta)
  if meta["tieout-jobs"] then return make(pandoc.utils.stringify(meta["tieout-jobs"])) end
  for path in io.lines() do
    make(path)
    io.write("\n")
    io.flush()
  end
end
