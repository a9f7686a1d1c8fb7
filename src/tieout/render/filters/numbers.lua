-- Numbers a chapter's headings, floats, equations, theorems and labelled callouts, and lists its labels.
-- The first heading is the chapter's title: it moves to the front, at level 1.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local say, hand_over = shared.reporter()
local state
local counts, labels = {}, pandoc.List({})
local nameless = false  -- without title and headings; what is counted there carries no number of a chapter, as in Quarto

local NBSP = "\u{a0}"

local function label(id, kind, number, parent, text)
  labels:insert({
    id = pandoc.MetaString(id),
    kind = pandoc.MetaString(kind),
    number = pandoc.MetaString(number or ""),
    parent = pandoc.MetaString(parent or ""),
    text = pandoc.MetaInlines(text or {}),
  })
end

local ROMAN = {
  { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" },
  { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
}

local function letters(index)
  local text = ""
  while index > 0 do
    text = string.char(string.byte("a") + (index - 1) % 26) .. text
    index = (index - 1) // 26
  end
  return text
end

-- A count as `crossref: fig-labels:` wants it: `arabic`, `alpha a`, `alpha x` (which begins there), `roman I`.
local function styled(index, style)
  local kind, first = tostring(style or "arabic"):match("^(%a+)%s*(%a?)")
  if kind == "alpha" then
    local start = first ~= "" and (first:lower():byte() - string.byte("a")) or 0
    local text = letters(index + start)
    return first:match("%u") and text:upper() or text
  end
  if kind == "roman" then
    local text, rest = "", index
    for _, pair in ipairs(ROMAN) do
      while rest >= pair[1] do text, rest = text .. pair[2], rest - pair[1] end
    end
    return first:match("%u") and text:upper() or text
  end
  return tostring(index)
end

local function next_number(kind)
  counts[kind] = (counts[kind] or 0) + 1
  local own = styled(counts[kind], state.label_styles[kind])
  return state.number and not nameless and not state.bare and (state.number .. "." .. own) or own
end

local function letter(index)
  return styled(index, state.label_styles["subref"] or "alpha a")
end

-- Title and headings -------------------------------------------------------------------------------------------------

-- A page without a title of its own that has several headings of the first level, or none: all are sections.
local function untitled(blocks)
  local count, first = 0, nil
  for _, block in ipairs(blocks) do
    if block.t == "Header" then
      first = first or block
      if block.level == 1 then count = count + 1 end
    end
  end
  return (count > 1 or (count == 0 and state.number_sections)) and first
end

local function take_title(blocks, hidden)
  local first = state.own_sections and not state.metadata.title and untitled(blocks)
  if first then return pandoc.Header(1, first.content, pandoc.Attr(state.stem, { "unnumbered", "untitled" })) end
  for index, block in ipairs(blocks) do
    if block.t == "Header" then
      blocks:remove(index)
      return block
    end
  end
  if hidden then return hidden[1] end  -- one that stands in another format alone
  nameless = true
  say("warning", "title", "the chapter has no title", "its file name stands in; write a heading or a `title:`", "")
  return pandoc.Header(1, { pandoc.Str(state.stem) }, pandoc.Attr(state.stem))
end

local function highest(blocks)
  local level = 9
  blocks:walk({ Header = function(header) level = math.min(level, header.level) end })
  return level
end

local sections = {}
local function number_heading(header)
  if header.classes:includes("unnumbered") then
    label(header.identifier, "sec", "", "", header.content)
    return header
  end
  local depth = header.level - 1
  for level = #sections, depth + 1, -1 do sections[level] = nil end
  for level = 1, depth - 1 do sections[level] = sections[level] or 0 end
  sections[depth] = (sections[depth] or 0) + 1
  local number = ""
  if state.number_sections and header.level <= state.number_depth and (state.number or state.own_sections) then
    number = table.concat(sections, ".")
    if state.number and not state.bare then number = state.number .. "." .. number end
  end
  label(header.identifier, "sec", number, "", header.content)
  if number ~= "" then header.attributes["data-number"] = number end
  return header
end

-- Captions -----------------------------------------------------------------------------------------------------------

local function numbered(kind, number, content)
  local out = pandoc.Inlines({ pandoc.Span({ pandoc.Str(state.names[kind .. "-title"] .. NBSP .. number) },
    pandoc.Attr("", { "caption-number" })) })
  if #content > 0 then
    out:extend({ pandoc.Str(state.names["title-delim"]), pandoc.Space() })
    out:extend(content)
  end
  return out
end

local function caption_inlines(el)
  return pandoc.utils.blocks_to_inlines(el.caption.long)
end

local walk_floats

local function subfloats(figure, parent)
  local index = 0
  local function inner(el)
    index = index + 1
    local mark = "(" .. letter(index) .. ")"
    local out = pandoc.Inlines({ pandoc.Span({ pandoc.Str(mark) }, pandoc.Attr("", { "caption-number" })) })
    local content = caption_inlines(el)
    if #content > 0 then
      out:insert(pandoc.Space())
      out:extend(content)
    end
    el.caption = { long = { pandoc.Plain(out) } }
    el.classes:insert("subfloat")
    label(el.identifier, parent.kind, parent.number .. " " .. mark, parent.id, content)
    return el, false
  end
  local function sub(el)
    local kind = shared.kind(el.identifier)
    if shared.floats[kind] then return inner(el) end
  end
  figure.content = figure.content:walk({ traverse = "topdown", Figure = sub, Table = sub })
  return figure
end

local function number_float(el)
  local kind = shared.kind(el.identifier)
  if not shared.floats[kind] then return nil end
  local number = next_number(kind)
  local content = caption_inlines(el)
  label(el.identifier, kind, number, "", content)
  if el.t == "Figure" then el = subfloats(el, { kind = kind, number = number, id = el.identifier }) end
  el.caption = { long = { pandoc.Plain(numbered(kind, number, content)) } }
  return el, false
end

local function number_span(span)
  if span.classes:includes("float-without-output") then
    say("warning", "output", "the cell `" .. span.identifier .. "` has a label and no output to show",
      "run the notebook, or take the label out", span.identifier)
    return {}
  end
  if not span.classes:includes("equation") then return nil end
  local number = next_number("eq")
  label(span.identifier, "eq", number)
  span.attributes["data-number"] = number
  return span, false
end

-- Theorems and labelled callouts --------------------------------------------------------------------------------------

-- What stands before the first words of a theorem or a proof.
local function opened(div, opening)
  local first = div.content[1]
  if first and (first.t == "Para" or first.t == "Plain") then
    opening:extend(first.content)
    div.content[1] = pandoc.Para(opening)
  else
    div.content:insert(1, pandoc.Para(opening))
  end
end

local function take_name(div)
  local given = div.attributes["name"]
  div.attributes["name"] = nil
  local first = div.content[1]
  if not given and first and first.t == "Header" then
    div.content:remove(1)
    return first.content
  end
  return given and shared.inlines(given)
end

-- Proofs, remarks and solutions without a label have a title and no number.
local function proof(div)
  for class, kind in pairs(shared.proofs) do
    if div.classes:includes(class) then
      local name = take_name(div)
      local title = pandoc.Inlines({ pandoc.Emph({ pandoc.Str(state.names[kind .. "-title"]) }) })
      if name then
        title:extend({ pandoc.Space(), pandoc.Str("(") })
        title:extend(name)
        title:insert(pandoc.Str(")"))
      end
      title:insert(pandoc.Str("."))
      opened(div, pandoc.Inlines({ pandoc.Span(title, pandoc.Attr("", { "proof-title" })), pandoc.Space() }))
      if class ~= "proof" then div.classes:insert(1, "proof") end
      return div
    end
  end
end

local function number_div(div)
  local kind = shared.kind(div.identifier)
  if div.classes:includes("callout") then
    for name, short in pairs(shared.callouts) do
      if kind == short and div.classes:includes("callout-" .. name) then
        local number = next_number(kind)
        local title = div.content[1]
        local content = pandoc.Inlines({})
        if title.classes:includes("callout-title") then
          content = pandoc.utils.blocks_to_inlines(title.content)
          if pandoc.utils.stringify(content) == state.names[name] then content = pandoc.Inlines({}) end
        else
          title = pandoc.Div({}, pandoc.Attr("", { "callout-title" }))
          div.content:insert(1, title)
        end
        label(div.identifier, kind, number, "", content)
        title.content = { pandoc.Plain(numbered(kind, number, content)) }
        div.content[1] = title
      end
    end
    return div
  end
  if not shared.theorems[kind] then return proof(div) end
  local name = take_name(div)
  local number = next_number(kind)
  label(div.identifier, kind, number, "", name)
  local words = pandoc.Str(state.names[kind .. "-title"] .. NBSP .. number)
  local head = pandoc.Inlines({ pandoc.Span({ words }, pandoc.Attr("", { "caption-number" })) })
  if name then
    head:extend({ pandoc.Space(), pandoc.Str("(") })
    head:extend(name)
    head:insert(pandoc.Str(")"))
  end
  opened(div, pandoc.Inlines({ pandoc.Span({ pandoc.Strong(head) }, pandoc.Attr("", { "theorem-title" })), pandoc.Space() }))
  div.classes:insert("theorem")
  if kind ~= "thm" then div.classes:insert(shared.theorems[kind]) end
  return div
end

-- A footnote that is not there stays in the text as it is written.
local function missing_note(str)
  local key = str.text:match("%[%^([^%s%]]+)%]")
  if key then
    say("error", "footnote", "there is no footnote `" .. key .. "`", "write `[^" .. key .. "]: …`, or take the mark out",
      "[^" .. key .. "]")
  end
end

local function other_labels(blocks)
  local known = {}
  for _, item in ipairs(labels) do known[pandoc.utils.stringify(item.id)] = true end
  local others = pandoc.List({})
  local function note(el)
    if el.identifier ~= "" and not known[el.identifier] then others:insert(pandoc.MetaString(el.identifier)) end
  end
  local function raw(el)
    for _, quote in ipairs({ '"', "'" }) do
      for id in el.text:gmatch("%sid=" .. quote .. "([^" .. quote .. "]+)") do others:insert(pandoc.MetaString(id)) end
    end
  end
  blocks:walk({
    Div = note, Span = note, Figure = note, Table = note, CodeBlock = note, Link = note, Image = note,
    RawInline = raw, RawBlock = raw,
  })
  return others
end

return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    local title = take_title(doc.blocks, doc.meta["tieout-title"])
    local shift = 2 - math.min(highest(doc.blocks), 2)
    local shown = state.number_sections and state.number
    label(title.identifier, "sec", shown or "", "", title.content)
    title.level = 1
    if shown then title.attributes["data-number"] = shown end
    doc.blocks = doc.blocks:walk({
      traverse = "topdown",
      Header = function(header)
        header.level = math.min(header.level + shift, 6)
        return number_heading(header)
      end,
      Figure = number_float,
      Table = number_float,
      Span = number_span,
      Div = number_div,
    })
    doc.blocks:insert(1, title)
    if state.marks_notes then doc.blocks:walk({ Str = missing_note }) end
    doc.meta["tieout-labels"] = labels
    doc.meta["tieout-anchors"] = other_labels(doc.blocks)
    hand_over(doc.meta)
    return doc
  end },
}
