-- Brings a chapter into few forms: figures, tables and listings become floats with one caption each. Numbers and looks
-- come later.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local shared = dofile(pandoc.path.join({ here, "shared.lua" }))
local layouts = dofile(pandoc.path.join({ here, "layouts.lua" }))
local say, hand_over = shared.reporter()

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

local function column_widths(tbl, value)
  if not value then return end
  local given = layouts.decoded((value:gsub("^%s*([^%[].*)$", "[%1]")))
  if not layouts.numbers_only(given) or #given ~= #tbl.colspecs then
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

-- The blocks of a float without the divs that only say where they came from.
local function unwrapped(blocks)
  while #blocks == 1 and blocks[1].t == "Div" and blocks[1].identifier == "" and not layouts.has(blocks[1].attributes)
    and (blocks[1].classes:includes("cell-output") or blocks[1].classes:includes("cell") or #blocks[1].classes == 0) do
    blocks = blocks[1].content
  end
  return blocks
end

-- A raw table of HTML has its caption within: it becomes the float's.
local function raw_caption(blocks)
  for index, block in ipairs(blocks) do
    if block.t == "RawBlock" and block.format:match("^html") then
      local first, last, text = block.text:find("<[Cc][Aa][Pp][Tt][Ii][Oo][Nn][^>]*>(.-)</[Cc][Aa][Pp][Tt][Ii][Oo][Nn]>")
      if first then
        block.text = block.text:sub(1, first - 1) .. block.text:sub(last + 1)
        blocks[index] = block
        return shared.inlines(text, "html")
      end
    end
  end
end

local function is_raw_table(block)
  return block.t == "RawBlock" and block.format:match("^html") ~= nil and block.text:find("<[Tt][Aa][Bb][Ll][Ee]") ~= nil
end

local function is_text(block)
  return block.t == "Para" and not shared.is_image(block)
end

local function caption_of(blocks, labelled, given)
  for index, block in ipairs(blocks) do
    if block.t == "Div" and block.classes:includes("float-caption") then
      blocks:remove(index)
      return pandoc.utils.blocks_to_inlines(block.content)
    end
  end
  if given then return shared.inlines(given) end
  if labelled and #blocks > 1 and is_text(blocks[#blocks]) then
    return blocks:remove(#blocks).content
  end
  return raw_caption(blocks)
end

local NOT_SAID = { "fig-pos", "fig-env", "fig-scap", "fig-cap", "tbl-cap", "lst-cap", "tbl-colwidths", "fig-alt", "filename" }
local OF_CELLS = pandoc.List({ "float", "cell", "cell-output", "cell-output-display" })

local function as_figure(kind, id, content, caption, classes, attributes)
  if #content == 1 and shared.is_image(content[1]) then content = { pandoc.Plain(content[1].content) } end
  local all = pandoc.List({ "float", "float-" .. kind })
  all:extend(classes:filter(function(name) return not OF_CELLS:includes(name) end))
  local location = attributes[kind .. "-cap-location"] or attributes["cap-location"]
  for _, name in ipairs({ "fig-cap-location", "tbl-cap-location", "lst-cap-location" }) do attributes[name] = nil end
  for _, name in ipairs(NOT_SAID) do attributes[name] = nil end
  attributes["cap-location"] = location
  return pandoc.Figure(content, { long = { pandoc.Plain(caption or {}) } }, pandoc.Attr(id, all, attributes))
end

local function with_alt(blocks, alt)
  if not alt then return blocks end
  return blocks:walk({ Image = function(image)
    image.attributes["fig-alt"] = image.attributes["fig-alt"] or alt
    return image
  end })
end

local function float_div(div)
  local kind = shared.kind(div.identifier)
  local labelled = kind and shared.floats[kind]
  if not labelled and not div.classes:includes("float") then return nil end
  local blocks = div.content:clone()
  local attributes = div.attributes
  local caption = caption_of(blocks, labelled, attributes[(kind or "fig") .. "-cap"])
  local layout = layouts.checked(layouts.take(attributes), say)
  local widths = attributes["tbl-colwidths"]
  local rest = with_alt(unwrapped(blocks), attributes["fig-alt"])
  if #rest == 1 and rest[1].t == "Table" and (kind or "tbl") == "tbl" and not layout then
    local tbl = rest[1]
    column_widths(tbl, widths)
    if labelled then tbl.identifier = div.identifier end
    if caption then tbl.caption = { long = { pandoc.Plain(caption) } } end
    tbl.classes:extend(div.classes:filter(function(name) return name ~= "float" and not name:match("^cell") end))
    tbl.attributes["cap-location"] = attributes["tbl-cap-location"] or attributes["cap-location"]
    return tbl
  end
  if #rest == 1 and rest[1].t == "Figure" and (rest[1].identifier == "" or rest[1].identifier == div.identifier) then
    local inner = rest[1]
    caption = caption or pandoc.utils.blocks_to_inlines(inner.caption.long)
    rest = inner.content
  end
  if layout then rest = pandoc.Blocks({ pandoc.Div(rest, pandoc.Attr("", { "layout" }, layout)) }) end
  return as_figure(kind or (#rest == 1 and is_raw_table(rest[1]) and "tbl" or "fig"), div.identifier, rest, caption,
    div.classes, attributes)
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
      figure.attributes["cap-location"] = image.attributes["fig-cap-location"]
      image.attributes["fig-cap-location"] = nil
      return image
    end,
  })
  return figure
end

-- A picture with a label and no caption is a float all the same; so is one that is a link, whose words are its caption.
local function bare_picture(para)
  if not shared.is_image(para) then return nil end
  local outer = para.content[1]
  local image = outer.t == "Link" and outer.content[1] or outer
  local kind = shared.kind(image.identifier)
  if not shared.floats[kind] and (outer.t ~= "Link" or #image.caption == 0) then return nil end
  local id, caption = image.identifier, pandoc.Inlines({})
  if shared.floats[kind] then image.identifier = "" else id = "" end
  if outer.t == "Link" then
    caption = image.caption
    if image.attributes["fig-alt"] or image.attributes["alt"] then image.caption = {} end
    outer.content = pandoc.Inlines({ image })
    image = outer
  end
  return as_figure(id ~= "" and kind or "fig", id, { pandoc.Plain({ image }) }, caption, pandoc.List({}), {})
end

local function listing(block)
  if block.attributes["shortcodes"] then
    block.attributes["shortcodes"] = nil
    return block
  end
  if shared.kind(block.identifier) ~= "lst" then return nil end
  local caption = shared.inlines(block.attributes["lst-cap"] or "")
  local id, location = block.identifier, block.attributes["lst-cap-location"]
  block.identifier, block.attributes["lst-cap"], block.attributes["lst-cap-location"] = "", nil, nil
  return as_figure("lst", id, { block }, caption, pandoc.List({}), { ["cap-location"] = location })
end

-- What pandoc knows of a table's or an image's attributes is written in the filter's own order: inner parts first.
return {
  { Pandoc = function(doc)
    shared.read_state(doc.meta)
    doc.blocks = doc.blocks:walk({ Blocks = notes_below })
    local pictures = shared.any(doc.blocks, "Image", function() return true end)
    doc.blocks = doc.blocks:walk({
      Table = normal_table, CodeBlock = listing, Figure = float_figure, Para = pictures and bare_picture or nil,
    })
    doc.blocks = doc.blocks:walk({ Div = float_div })
    hand_over(doc.meta)
    return doc
  end },
}
