-- What the filters have in common: their state (a JSON file that Python writes), problems, kinds of references.

local M = {}

function M.read_state(meta)
  local path = pandoc.utils.stringify(meta["tieout-state"])
  local file = assert(io.open(path, "r"))
  local state = pandoc.json.decode(file:read("a"), false)
  file:close()
  if state.floats then M.floats = state.floats end
  return state
end

-- A problem travels in the metadata; `needle` is the text by which Python finds its line.
function M.reporter()
  local found = pandoc.List({})
  local function say(severity, rule, what, hint, needle)
    found:insert({
      severity = pandoc.MetaString(severity),
      rule = pandoc.MetaString(rule),
      what = pandoc.MetaString(what),
      hint = pandoc.MetaString(hint or ""),
      needle = pandoc.MetaString(needle or ""),
    })
  end
  local function hand_over(meta)
    local all = meta["tieout-found"] or pandoc.List({})
    all:extend(found)
    meta["tieout-found"] = all
  end
  return say, hand_over
end

-- Inlines of a text, Markdown unless told, as a caption or a title that stands in an attribute. A word stands before
-- it, so that the number of *1. Data* begins no list.
function M.inlines(text, format)
  if format == "html" then return pandoc.utils.blocks_to_inlines(pandoc.read(text, format).blocks) end
  local inlines = pandoc.utils.blocks_to_inlines(pandoc.read("x " .. text, format or "markdown").blocks)
  inlines:remove(1)
  if inlines[1] and (inlines[1].t == "Space" or inlines[1].t == "SoftBreak") then inlines:remove(1) end
  return inlines
end

-- A text as Typst writes it in its code.
function M.quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

M.floats = { fig = true, tbl = true, lst = true }
-- The classes that a labelled div gets beside `theorem`.
M.theorems = {
  thm = "theorem", lem = "lemma", cor = "corollary", prp = "proposition", cnj = "conjecture", def = "definition",
  exm = "example", exr = "exercise", rem = "remark", sol = "solution", alg = "algorithm",
}
M.proofs = { proof = "prf", remark = "rem", solution = "sol" }
M.callouts = { note = "nte", tip = "tip", warning = "wrn", important = "imp", caution = "cau" }

function M.kind(id)
  return id and id:match("^(%a+)%-.")
end

function M.is_image(block)
  return (block.t == "Para" or block.t == "Plain") and #block.content == 1
    and (block.content[1].t == "Image"
      or (block.content[1].t == "Link" and #block.content[1].content == 1 and block.content[1].content[1].t == "Image"))
end

-- Whether there is an element of a kind that passes a test. To hand all text to a filter costs more than this
-- question: where nothing is to be done, none is handed over.
function M.any(blocks, kind, passes)
  local found = false
  blocks:walk({ [kind] = function(el) found = found or passes(el) end })
  return found
end

local BARE = { Str = true, Space = true, SoftBreak = true }

-- Whether inlines are words alone, so that nothing is to be looked for in them.
function M.is_bare(inlines)
  for _, el in ipairs(inlines) do
    if not BARE[el.t] then return false end
  end
  return true
end

-- The sign of a note's number in code: of the private characters of Unicode, which no code has of its own.
M.NOTE_SIGNS = "\xEE[\x80-\x83][\x80-\xBF]"
function M.note_sign(number)
  return utf8.char(0xE000 + math.min(tonumber(number), 255))
end

function M.raw(format, text)
  return pandoc.RawBlock(format, text)
end

return M
