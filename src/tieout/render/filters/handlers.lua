-- Runs shortcodes that extensions of the project bring, where the text has a mark for each: see `shortcodes.py`.

local shared = dofile(pandoc.path.join({ TIEOUT.filters, "shared.lua" }))
local say, hand_over = shared.reporter()
local own_file = PANDOC_SCRIPT_FILE

local handlers = {}
for _, file in ipairs(TIEOUT.handlers) do
  PANDOC_SCRIPT_FILE = file
  package.path = pandoc.path.directory(file) .. "/?.lua;" .. package.path
  local read, given = pcall(dofile, file)
  for name, handler in pairs(read and type(given) == "table" and given or {}) do
    if type(handler) == "table" then handler = handler.handle end
    handlers[name] = { run = handler, file = file }
  end
end
PANDOC_SCRIPT_FILE = own_file

local metadata = setmetatable({}, { __index = function(_, key) return TIEOUT.metadata[key] end })
local MISSING = { __index = function() return pandoc.Inlines({}) end }

local function as_written(call)
  say("warning", "shortcode", "unknown shortcode `" .. call.name .. "`",
    "it is shown as written; neither Quarto nor an extension of the project brings it", "{{< " .. call.name)
  return pandoc.Inlines({ pandoc.Str(call.written) })
end

local function made(call, context)
  local handler = handlers[call.name]
  if not handler then return as_written(call) end
  local arguments, named, all = pandoc.List({}), setmetatable({}, MISSING), pandoc.List({})
  for _, item in ipairs(call.arguments) do
    all:insert(item.value)
    if item.name then named[item.name] = item.value else arguments:insert(item.value) end
  end
  PANDOC_SCRIPT_FILE = handler.file
  local fine, result = pcall(handler.run, arguments, named, metadata, all, context)
  PANDOC_SCRIPT_FILE = own_file
  if fine and result ~= nil then return result end
  say("warning", "shortcode", "the shortcode `" .. call.name .. "` of an extension gives nothing here"
    .. (fine and "" or ": " .. tostring(result):gsub("^.*/", ""):gsub("\n.*", "")),
    "it is shown as written", "{{< " .. call.name)
  return pandoc.Inlines({ pandoc.Str(call.written) })
end

local function call_of(inline)
  local call = inline.t == "Span" and inline.classes:includes("tieout-shortcode") and inline.attributes["call"]
  return call and pandoc.json.decode(call:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end), false)
end

local function alone(para)
  local call = #para.content == 1 and call_of(para.content[1])
  if not call then return nil end
  local result = made(call, "block")
  local kind = quarto.utils.type(result)
  if kind == "string" or kind == "Inlines" or kind == "Inline" then
    return pandoc.Para(kind == "string" and { pandoc.Str(result) } or quarto.utils.as_inlines(result))
  end
  return quarto.utils.as_blocks(result)
end

local function within(span)
  local call = call_of(span)
  if not call then return nil end
  local result = made(call, "inline")
  if quarto.utils.type(result) == "string" then return pandoc.Str(result) end
  return quarto.utils.as_inlines(result)
end

return {
  { Pandoc = function(doc)
    doc.blocks = doc.blocks:walk({ Para = alone, Plain = alone }):walk({ Span = within })
    hand_over(doc.meta)
    return doc
  end },
}
