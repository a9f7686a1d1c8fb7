-- Brings a chapter into few forms: what is for the other format goes, figures, tables and listings become floats,
-- callouts and tabsets get their parts named. Numbers and looks come later.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local say, hand_over = shared.reporter()
local state

-- Conditional content ------------------------------------------------------------------------------------------------

local ALIASES = {
  html = { "html", "html4", "html5", "html:js" },
  typst = { "typst", "pdf" },
}

local function is_format(name)
  for _, alias in ipairs(ALIASES[state.format] or {}) do
    if alias == name then return true end
  end
  return false
end

local function has_meta(path)
  local value = state.metadata
  for part in path:gmatch("[^.]+") do
    if type(value) ~= "table" then return false end
    value = value[part]
  end
  return value ~= nil and value ~= false and value ~= "false"
end

local function holds(attributes)
  local result = true
  for name, value in pairs(attributes) do
    if name == "when-format" then result = result and is_format(value) end
    if name == "unless-format" then result = result and not is_format(value) end
    if name == "when-meta" then result = result and has_meta(value) end
    if name == "unless-meta" then result = result and not has_meta(value) end
    if name == "when-profile" then result = false end
  end
  return result
end

local function conditional(el)
  local visible = el.classes:includes("content-visible")
  local hidden = el.classes:includes("content-hidden")
  if not (visible or hidden) then return nil end
  local keep = holds(el.attributes)
  if hidden then keep = not keep end
  return keep and el.content or {}
end

local function foreign(el)
  if el.format:match("^html") then
    if state.format ~= "html" then return {} end
  elseif el.format ~= state.format then
    return {}
  end
end

local function pagebreak(el)
  if not (#el.content == 1 and el.content[1].t == "Span" and el.content[1].classes:includes("tieout-pagebreak")) then
    return nil
  end
  if state.format == "typst" then return shared.raw("typst", "#pagebreak(weak: true)") end
  return pandoc.Div({}, pandoc.Attr("", { "page-break" }))
end

local first_pass = {
  traverse = "topdown",
  Div = conditional,
  Span = conditional,
  RawBlock = foreign,
  RawInline = foreign,
  Para = pagebreak,
}

-- Notes of headings ---------------------------------------------------------------------------------------------------

-- Contents, outline and running heads repeat a heading: a note in it would be numbered and shown again there. It
-- stands at the text below instead.
local function notes_below(blocks)
  local out, waiting = pandoc.List({}), pandoc.List({})
  local function settle()
    if #waiting > 0 then out:insert(pandoc.Para(waiting)) end
    waiting = pandoc.List({})
  end
  for _, block in ipairs(blocks) do
    if block.t == "Header" then
      settle()
      block.content = block.content:walk({ Note = function(note)
        waiting:insert(note)
        return {}
      end })
    elseif #waiting > 0 and block.t == "Para" then
      waiting:insert(pandoc.Space())
      waiting:extend(block.content)
      block.content, waiting = waiting, pandoc.List({})
    else
      settle()
    end
    out:insert(block)
  end
  settle()
  return out
end

-- Floats -------------------------------------------------------------------------------------------------------------

local function numbers_only(list)
  if type(list) ~= "table" then return false end
  for _, item in ipairs(list) do
    if type(item) ~= "number" then return false end
  end
  return #list > 0
end

local function decoded(text)
  local read, value = pcall(pandoc.json.decode, text, false)
  return read and value or nil
end

local function column_widths(tbl, value)
  if not value then return end
  local given = decoded((value:gsub("^%s*([^%[].*)$", "[%1]")))
  if not numbers_only(given) or #given ~= #tbl.colspecs then
    say("warning", "widths", "`tbl-colwidths` is `" .. value .. "`, and not a width for each of "
      .. #tbl.colspecs .. " columns", "the columns take the width of their text", "tbl-colwidths")
    return
  end
  local sum = 0
  for _, width in ipairs(given) do sum = sum + width end
  for index, width in ipairs(given) do tbl.colspecs[index][2] = width / sum end
end

local function normal_table(tbl)
  column_widths(tbl, tbl.attributes["tbl-colwidths"])
  tbl.attributes["tbl-colwidths"] = nil
  return tbl
end

local LAYOUT = { "layout", "layout-ncol", "layout-nrow", "layout-valign", "layout-align" }
local function take_layout(attributes)
  local taken, any = {}, false
  for _, name in ipairs(LAYOUT) do
    if attributes[name] then
      taken[name], any = attributes[name], true
      attributes[name] = nil
    end
  end
  return any and taken or nil
end

-- A layout that means nothing is said, and becomes one column.
local function checked(layout)
  local given = layout and decoded(layout["layout"] or "[1]")
  if not layout then return nil end
  local fine = type(given) == "table" and #given > 0
  for _, row in ipairs(fine and type(given[1]) == "table" and given or { given }) do
    fine = fine and numbers_only(row)
  end
  for _, name in ipairs({ "layout-ncol", "layout-nrow" }) do
    local count = layout[name]
    fine = fine and (not count or (count:match("^%d+$") and tonumber(count) > 0))
  end
  if fine then return layout end
  local shown = layout["layout"] or layout["layout-ncol"] or layout["layout-nrow"]
  say("warning", "layout", "the layout `" .. shown .. "` cannot be read", "its parts stand below each other", shown)
  return { ["layout-ncol"] = "1" }
end

-- The blocks of a float without the divs that only say where they came from.
local function unwrapped(blocks)
  while #blocks == 1 and blocks[1].t == "Div" and blocks[1].identifier == "" and not take_layout(blocks[1].attributes:clone())
    and (blocks[1].classes:includes("cell-output") or blocks[1].classes:includes("cell") or #blocks[1].classes == 0) do
    blocks = blocks[1].content
  end
  return blocks
end

local function caption_of(blocks, labelled)
  for index, block in ipairs(blocks) do
    if block.t == "Div" and block.classes:includes("float-caption") then
      blocks:remove(index)
      return pandoc.utils.blocks_to_inlines(block.content)
    end
  end
  local last = blocks[#blocks]
  if labelled and #blocks > 1 and last.t == "Para" and not shared.is_image(last) then
    blocks:remove(#blocks)
    return last.content
  end
  return nil
end

local function as_figure(kind, id, content, caption, classes, attributes)
  if #content == 1 and shared.is_image(content[1]) then content = { pandoc.Plain(content[1].content) } end
  local all = pandoc.List({ "float", "float-" .. kind })
  all:extend(classes:filter(function(name) return name ~= "float" and name ~= "cell-output" and name ~= "cell-output-display" end))
  local figure = pandoc.Figure(content, { long = { pandoc.Plain(caption or {}) } }, pandoc.Attr(id, all, attributes))
  return figure
end

local function float_div(div)
  local kind = shared.kind(div.identifier)
  local labelled = kind and shared.floats[kind]
  if not labelled and not div.classes:includes("float") then return nil end
  local blocks = div.content:clone()
  local caption = caption_of(blocks, labelled)
  local attributes = div.attributes
  local layout = checked(take_layout(attributes))
  local widths = attributes["tbl-colwidths"]
  attributes["tbl-colwidths"], attributes["tbl-cap"], attributes["fig-cap"] = nil, nil, nil
  local rest = unwrapped(blocks)
  if #rest == 1 and rest[1].t == "Table" and (kind or "tbl") == "tbl" and not layout then
    local tbl = rest[1]
    column_widths(tbl, widths)
    if labelled then tbl.identifier = div.identifier end
    if caption then tbl.caption = { long = { pandoc.Plain(caption) } } end
    tbl.classes:extend(div.classes:filter(function(name) return name ~= "float" and not name:match("^cell") end))
    return tbl
  end
  if #rest == 1 and rest[1].t == "Figure" and rest[1].identifier == "" then
    local inner = rest[1]
    caption = caption or pandoc.utils.blocks_to_inlines(inner.caption.long)
    rest = inner.content
  end
  if layout then rest = pandoc.Blocks({ pandoc.Div(rest, pandoc.Attr("", { "layout" }, layout)) }) end
  return as_figure(kind or "fig", div.identifier, rest, caption, div.classes, attributes)
end

local function float_figure(figure)
  if figure.classes:includes("float") then return nil end
  local kind = shared.kind(figure.identifier)
  figure.classes:insert(1, "float")
  figure.classes:insert(2, "float-" .. (shared.floats[kind] and kind or "fig"))
  -- `![text](file)`: the text is the caption; as alternative text it would only say the same again.
  figure.content = figure.content:walk({
    Image = function(image)
      if image.attributes["fig-alt"] or image.attributes["alt"] then image.caption = {} end
      return image
    end,
  })
  return figure
end

-- A picture with a label and no caption is a float all the same.
local function bare_picture(para)
  if not shared.is_image(para) then return nil end
  local image = para.content[1]
  if image.t ~= "Image" or not shared.floats[shared.kind(image.identifier)] then return nil end
  local id = image.identifier
  image.identifier = ""
  return as_figure(shared.kind(id), id, { pandoc.Plain({ image }) }, {}, pandoc.List({}), {})
end

local function listing(block)
  if block.attributes["shortcodes"] then
    block.attributes["shortcodes"] = nil
    return block
  end
  if shared.kind(block.identifier) ~= "lst" then return nil end
  local caption = shared.inlines(block.attributes["lst-cap"] or "")
  local id = block.identifier
  block.identifier, block.attributes["lst-cap"] = "", nil
  return as_figure("lst", id, { block }, caption, pandoc.List({}), {})
end

local function equations(inlines)
  local out, index, changed = pandoc.Inlines({}), 1, false
  while index <= #inlines do
    local item = inlines[index]
    local after = inlines[index + 1]
    local label = after
    if item.t == "Math" and item.mathtype == "DisplayMath" then
      local step = 1
      if after and (after.t == "Space" or after.t == "SoftBreak") then
        label, step = inlines[index + 2], 2
      end
      local id, rest
      if label and label.t == "Str" then id, rest = label.text:match("^{#(eq%-[^ }]+)}(.*)$") end
      if id then
        out:insert(pandoc.Span({ item }, pandoc.Attr(id, { "equation" })))
        if rest ~= "" then out:insert(pandoc.Str(rest)) end
        index, changed = index + step + 1, true
        goto continue
      end
    end
    out:insert(item)
    index = index + 1
    ::continue::
  end
  return changed and out or nil
end

-- Callouts and tabsets -----------------------------------------------------------------------------------------------

local function callout(div)
  local kind
  for _, name in ipairs(div.classes) do
    kind = kind or name:match("^callout%-(.+)$")
  end
  if not kind or div.classes:includes("callout") then return nil end
  if not shared.callouts[kind] then
    say("warning", "unknown-callout", "unknown type of callout `" .. kind .. "`",
      "its text is shown without a frame; note, tip, warning, important and caution are known", "callout-" .. kind)
    return nil
  end
  local attributes = div.attributes
  local appearance = attributes["appearance"] or state.callout_appearance or "default"
  local title
  if attributes["title"] or attributes["caption"] then
    title = shared.inlines(attributes["title"] or attributes["caption"])
  elseif div.content[1] and div.content[1].t == "Header" then
    title = div.content[1].content
    div.content:remove(1)
  elseif appearance == "default" or attributes["collapse"] then
    title = pandoc.Inlines({ pandoc.Span({ pandoc.Str(state.names[kind]) }, pandoc.Attr("", { "callout-kind" })) })
  end
  local extra = div.classes:filter(function(name) return not name:match("^callout%-") end)
  local classes = pandoc.List({ "callout", "callout-" .. kind, "callout-" .. appearance })
  classes:extend(extra)
  if attributes["icon"] == "false" or (state.callout_icon == false and attributes["icon"] ~= "true") then classes:insert("callout-no-icon") end
  local parts = pandoc.Blocks({})
  if title then parts:insert(pandoc.Div({ pandoc.Plain(title) }, pandoc.Attr("", { "callout-title" }))) end
  parts:insert(pandoc.Div(div.content, pandoc.Attr("", { "callout-body" })))
  local kept = { ["callout-kind"] = kind }
  if attributes["collapse"] then kept["collapse"] = attributes["collapse"] end
  return pandoc.Div(parts, pandoc.Attr(div.identifier, classes, kept))
end

local function tabset(div)
  if not div.classes:includes("panel-tabset") then return nil end
  local level
  for _, block in ipairs(div.content) do
    if block.t == "Header" then level = math.min(level or 9, block.level) end
  end
  if not level then return nil end
  local before, panes = pandoc.Blocks({}), pandoc.List({})
  for _, block in ipairs(div.content) do
    if block.t == "Header" and block.level == level then
      local title = pandoc.Div({ pandoc.Plain(block.content) }, pandoc.Attr("", { "tab-title" }))
      panes:insert(pandoc.Div({ title }, pandoc.Attr(block.identifier, { "tab-pane" })))
    elseif #panes == 0 then
      before:insert(block)
    else
      panes[#panes].content:insert(block)
    end
  end
  before:extend(panes)
  -- What is inside a tab may be out of sight: tables of contents do not lead there.
  div.content = before:walk({
    Header = function(header)
      header.classes:extend({ "unnumbered", "unlisted" })
      return header
    end,
  })
  return div
end

local function layout_div(div)
  local layout = not div.classes:includes("layout") and checked(take_layout(div.attributes))
  if not layout then return nil end
  div.classes = div.classes:filter(function(name) return name ~= "layout-only" end)
  div.content = pandoc.Blocks({ pandoc.Div(div.content, pandoc.Attr("", { "layout" }, layout)) })
  return div
end

local function div(el)
  local float = float_div(el)
  if float then return float end
  return callout(el) or tabset(el) or layout_div(el)
end

-- What pandoc knows of a table's or an image's attributes is written in the filter's own order: inner parts first.
return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    doc.blocks = doc.blocks:walk(first_pass):walk({ Blocks = notes_below })
    doc.blocks = doc.blocks:walk({
      Table = normal_table, CodeBlock = listing, Inlines = equations, Figure = float_figure, Para = bare_picture,
    })
    doc.blocks = doc.blocks:walk({ Div = div })
    hand_over(doc.meta)
    return doc
  end },
}
