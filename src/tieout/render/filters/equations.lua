-- Labels of formulas: `$$ … $$ {#eq-x alt="in words"}` becomes a span of the class `equation`.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))

-- Returns the label's text and where it ends, for inlines that begin with `{#eq-`; it may hold quoted words.
local function label_at(inlines, first)
  local text = ""
  for index = first, #inlines do
    local item = inlines[index]
    if item.t == "Quoted" then
      text = text .. '"' .. pandoc.utils.stringify(item.content) .. '"'
    else
      text = text .. pandoc.utils.stringify(item)
    end
    local label, rest = text:match("^({#eq%-[^}]*})(.*)$")
    if label then return label, rest, index end
    if not ("{#eq-"):find(text:sub(1, 5), 1, true) then return nil end
  end
end

-- Quotation marks may have been turned into printers' ones by then.
local function alt_in(label)
  local words = label:match("[%s]alt%s*=%s*(.-)%s*}$")
  if not words then return nil end
  words = words:gsub("\u{201c}", '"'):gsub("\u{201d}", '"'):gsub("\u{2018}", "'"):gsub("\u{2019}", "'")
  return (words:gsub("^[\"']", ""):gsub("[\"']$", ""))
end

local function is_displayed(math)
  return math.mathtype == "DisplayMath"
end

local function begins_label(str)
  return str.text:sub(1, 1) == "{"
end

local function equations(inlines)
  local out, index, changed = pandoc.Inlines({}), 1, false
  while index <= #inlines do
    local item = inlines[index]
    local after = inlines[index + 1]
    if item.t == "Math" and item.mathtype == "DisplayMath" and after then
      local first = (after.t == "Space" or after.t == "SoftBreak") and index + 2 or index + 1
      local label, rest, last = label_at(inlines, first)
      local id = label and label:match("^{#(eq%-[^%s}]+)")
      if id then
        out:insert(pandoc.Span({ item }, pandoc.Attr(id, { "equation" }, { alt = alt_in(label) })))
        if rest ~= "" then out:insert(pandoc.Str(rest)) end
        index, changed = last + 1, true
        goto continue
      end
    end
    out:insert(item)
    index = index + 1
    ::continue::
  end
  return changed and out or nil
end

return {
  { Pandoc = function(doc)
    shared.read_state(doc.meta)
    if not shared.any(doc.blocks, "Math", is_displayed) then return nil end
    for index, block in ipairs(doc.blocks) do
      if shared.any(block, "Math", is_displayed) and shared.any(block, "Str", begins_label) then
        doc.blocks[index] = block:walk({ Inlines = equations })
      end
    end
    return doc
  end },
}
