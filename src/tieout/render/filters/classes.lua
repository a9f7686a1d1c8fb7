-- Gives what stands on a page the elements and class names of Quarto's pages, on which people's styles, scripts and
-- filters rely. For HTML only, and last: numbers, captions and looks are settled by then.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local state

local function raw(text)
  return pandoc.RawBlock("html", text)
end

local function with_class(el, ...)
  for _, name in ipairs({ ... }) do
    if not el.classes:includes(name) then el.classes:insert(name) end
  end
  return el
end

-- Figures -------------------------------------------------------------------------------------------------------------

local DEFAULT_PLACE = { tbl = "top", lst = "top" }

local function place_of(el, kind)
  local own = el.attributes["cap-location"]
  el.attributes["cap-location"] = nil
  local place = own or state.caption_places[kind] or DEFAULT_PLACE[kind] or "bottom"
  return (place == "top" or place == "margin") and place or "bottom"
end

local function alignment(el, kind)
  local found = el.attributes["fig-align"]
  el.attributes["fig-align"] = nil
  if kind == "lst" then return "left" end
  local function look(part)
    for _, name in ipairs(part.classes) do found = found or name:match("^align%-(.+)$") end
  end
  pandoc.Blocks(el.content or {}):walk({ Image = look, Link = look })
  found = found or state.fig_align
  return found == "default" and "center" or found or "center"
end

local function described(content, id)
  return pandoc.Div(content, pandoc.Attr("", {}, { { "aria-describedby", id } }))
end

-- A caption that only repeats the alternative text is heard once, unless it holds a link.
local function repeats(inlines, content)
  local same, linked = false, false
  pandoc.Blocks(content):walk({ Image = function(image)
    same = same or pandoc.utils.stringify(image.caption) == pandoc.utils.stringify(inlines)
  end })
  inlines:walk({ Link = function() linked = true end })
  return same and not linked
end

-- The mark of a part, `(a)`, is text of its caption.
local function bare(inlines)
  return inlines:walk({ Span = function(span)
    return span.classes:includes("caption-number") and span.content or nil
  end })
end

local function caption_element(inlines, id, classes, silent)
  local attributes = (id ~= "" and ' id="' .. id .. '"' or "") .. (classes ~= "" and ' class="' .. classes .. '"' or "")
    .. (silent and ' aria-hidden="true"' or "")
  return { raw("<figcaption" .. attributes .. ">"), pandoc.Plain(inlines), raw("</figcaption>") }
end

-- The element around a float: an outer div with its label and its own classes, a figure, a caption before or after.
local function float(el, kind, content, classes)
  local labelled = el.identifier ~= ""
  local sub = el.classes:includes("subfloat")
  local caption = pandoc.utils.blocks_to_inlines(el.caption.long)
  if sub then caption = bare(caption) end
  local place, align = place_of(el, kind), alignment(el, kind)
  local figure, said = "float float-" .. kind, "float-caption"
  if labelled then
    local of = sub and "quarto-subfloat-" or "quarto-float-"
    figure = "quarto-float " .. of .. kind .. " " .. figure
    said = "quarto-float-caption-" .. place .. " " .. of .. "caption " .. of .. kind
  end
  if place == "margin" then said = said .. " margin-caption" end
  local outer = pandoc.List({})
  if kind == "lst" then outer:insert("listing") end
  if labelled then outer:insert("quarto-float") end
  outer:extend({ "quarto-figure", "quarto-figure-" .. align })
  outer:extend(classes)
  local id = labelled and el.identifier:gsub("[^%w_.:-]", "-") .. "-caption" or ""
  local parts = pandoc.Blocks({ raw('<figure class="' .. figure .. ' figure' .. (sub and " subfloat" or "") .. '">') })
  local names = (labelled or place == "margin") and said or ""
  local silent = not labelled and repeats(caption, content)
  local below = #caption > 0 and caption_element(caption, id, names, silent) or {}
  if place == "top" then parts:extend(below) end
  if labelled and #caption > 0 then parts:insert(described(content, id)) else parts:extend(content) end
  if place ~= "top" then parts:extend(below) end
  parts:insert(raw("</figure>"))
  return pandoc.Div(parts, pandoc.Attr(el.identifier, outer, el.attributes))
end

local FLOAT = pandoc.List({ "float", "subfloat" })

local function figure(el)
  local kind = shared.kind(el.identifier)
  for _, name in ipairs(el.classes) do kind = name:match("^float%-(.+)$") or kind end
  local classes = el.classes:filter(function(name) return not FLOAT:includes(name) and not name:match("^float%-") end)
  local content = el.content:walk({ Image = function(image) return with_class(image, "figure-img") end })
  return float(el, kind or "fig", content, classes)
end

-- Tables --------------------------------------------------------------------------------------------------------------

local BOOTSTRAP = {}
for name in ([[primary secondary success danger warning info light dark striped hover active bordered borderless sm
  responsive responsive-sm responsive-md responsive-lg responsive-xl responsive-xxl]]):gmatch("%S+") do
  BOOTSTRAP[name] = "table-" .. name
end

local function striped(rows, count)
  return rows:map(function(row)
    local classes = pandoc.List(row.attr.classes)
    classes:insert(count % 2 == 0 and "odd" or "even")
    count = count + 1
    row.attr = pandoc.Attr(row.attr.identifier, classes, row.attr.attributes)
    return row
  end)
end

local function table_of(tbl)
  tbl.classes = tbl.classes:map(function(name) return BOOTSTRAP[name] or name end)
  for index, body in ipairs(tbl.bodies) do
    body.head, body.body = striped(body.head, 0), striped(body.body, #body.head)
    tbl.bodies[index] = body
  end
  local kind = shared.kind(tbl.identifier)
  if not shared.floats[kind] then
    local place = place_of(tbl, "tbl")
    with_class(tbl, "table")
    if place == "top" then tbl.classes:insert(1, "caption-top") end
    return tbl
  end
  local holder = { identifier = tbl.identifier, classes = tbl.classes, caption = tbl.caption, attributes = {
    ["cap-location"] = tbl.attributes["cap-location"],
  } }
  tbl.attributes["cap-location"] = nil
  local sub = tbl.classes:includes("subfloat")
  tbl.classes = tbl.classes:filter(function(name) return name ~= "subfloat" end)
  tbl.attributes["label"] = pandoc.utils.stringify(pandoc.utils.blocks_to_inlines(tbl.caption.long))
  if tbl.attributes["label"] == "" then tbl.attributes["label"] = nil end
  tbl.identifier, tbl.caption = "", { long = {} }
  holder.classes = pandoc.List(sub and { "subfloat" } or {})
  with_class(tbl, "caption-top", "table")
  return float(holder, kind, pandoc.Blocks({ tbl }), pandoc.List({}))
end

-- Parts of other divs -------------------------------------------------------------------------------------------------

local NAMES = { layout = "quarto-layout-panel", ["layout-row"] = "quarto-layout-row", ["layout-cell"] = "quarto-layout-cell" }

local function div(el)
  el.attributes["html-table-processing"] = nil
  for ours, theirs in pairs(NAMES) do
    if el.classes:includes(ours) then with_class(el, theirs) end
  end
  return el
end

-- The chapter's subtitle is a paragraph of its own class.
local function subtitle(el)
  if not el.classes:includes("chapter-subtitle") then return nil end
  local out = pandoc.Blocks({})
  for _, block in ipairs(el.content) do
    if block.t == "Para" or block.t == "Plain" then
      out:extend({ raw('<p class="subtitle lead">'), pandoc.Plain(block.content), raw("</p>") })
    else
      out:insert(block)
    end
  end
  return out
end

-- A picture that stands alone where cells show it, or that is set to a side, is a figure without a caption.
local function lone_picture(para)
  if not shared.is_image(para) then return nil end
  local inner = para.content[1]
  local image = inner.t == "Link" and inner.content[1] or inner
  local align
  for _, name in ipairs(image.classes) do align = align or name:match("^align%-(.+)$") end
  with_class(image, "figure-img")
  if inner.t == "Link" then inner.content = pandoc.Inlines({ image }) else inner = image end
  return pandoc.Div({ raw('<figure class="figure">'), pandoc.Para({ inner }), raw("</figure>") },
    pandoc.Attr("", { "quarto-figure", "quarto-figure-" .. (align or "center") }))
end

local function is_aligned(image)
  return image.classes:find_if(function(name) return name:match("^align%-") ~= nil end) ~= nil
end

local function aligned_picture(para)
  local image = shared.is_image(para) and para.content[1]
  local target = image and (image.t == "Link" and image.content[1] or image)
  if target and is_aligned(target) then return lone_picture(para) end
end

local function cell_output(el)
  if el.classes:includes("cell-output-display") then return el:walk({ Para = lone_picture }) end
end

-- A picture that opens on a click is a link to its file; one that is a link already leads where it leads.
local function is_asked(image)
  return image.classes:includes("lightbox")
end

local function lightbox(image)
  local asked = is_asked(image)
  local group = image.attributes["group"]
  local plain = image.classes:includes("nolightbox") or image.classes:includes("no-lightbox") or image.attributes["data-chart"]
  image.classes = image.classes:filter(function(name) return not name:match("^no%-?lightbox$") and name ~= "lightbox" end)
  image.attributes["group"] = nil
  if plain or not (asked or state.lightbox) or image.src:match("^data:") then return image end
  local attributes = group and { { "data-gallery", group } } or {}
  return pandoc.Link({ image }, image.src, "", pandoc.Attr("", { "lightbox" }, attributes))
end

local function linked_picture(el)
  if shared.is_bare(el.content) then return nil, false end
  return el:walk({ Image = function(image) return with_class(image, "nolightbox") end }), false
end

local function link(el)
  if el.classes:includes("xref") then return with_class(el, "quarto-xref") end
end

-- Keys are read out once, in their own words.
local function keys(el)
  local words = pandoc.Str(pandoc.utils.stringify(el.content))
  local said = pandoc.Span({ words }, pandoc.Attr("", { "visually-hidden" }))
  el.attributes["aria-hidden"] = "true"
  return { el, said }
end

local function span(el)
  if el.classes:includes("kbd") then return keys(el) end
  if el.classes:includes("equation") and el.content[1] and el.content[1].t == "Math" then
    local alt = el.attributes["alt"]
    el.attributes["alt"] = nil
    local attributes = alt and { { "role", "math" }, { "aria-label", alt } } or {}
    el.content[1] = pandoc.Span({ el.content[1] }, pandoc.Attr("", { "math", "display" }, attributes))
    return el
  end
end

-- Notes in the margin -------------------------------------------------------------------------------------------------

local noted = 0

local function margin_note(note, held)
  noted = noted + 1
  local number = tostring(noted)
  local words = note.content
  local sign = pandoc.Inlines({ pandoc.Superscript({ pandoc.Str(number) }), pandoc.Str("\u{a0}") })
  if words[1] and (words[1].t == "Para" or words[1].t == "Plain") then
    sign:extend(words[1].content)
    words[1] = pandoc.Para(sign)
  else
    words:insert(1, pandoc.Para(sign))
  end
  held:insert(pandoc.Div(words, pandoc.Attr("fn" .. number)))
  return pandoc.Link({ pandoc.Superscript({ pandoc.Str(number) }) }, "#fn" .. number, "",
    pandoc.Attr("fnref" .. number, { "footnote-ref" }, { role = "doc-noteref" }))
end

-- Each note stands beside the block that refers to it.
local function notes_beside(blocks)
  local out = pandoc.Blocks({})
  for _, block in ipairs(blocks) do
    local held = pandoc.Blocks({})
    if block.t == "Div" then
      block.content = notes_beside(block.content)
    else
      block = pandoc.Blocks({ block }):walk({ Note = function(note) return margin_note(note, held) end })[1]
    end
    out:insert(block)
    if #held > 0 then
      out:insert(pandoc.Div(held, pandoc.Attr("", { "no-row-height", "column-margin", "column-container" })))
    end
  end
  return out
end

return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    if state.format ~= "html" then return nil end
    if state.lightbox or shared.any(doc.blocks, "Image", is_asked) then
      doc.blocks = doc.blocks:walk({ traverse = "topdown", Link = linked_picture })
    end
    doc.blocks = doc.blocks:walk({ Image = lightbox })
    doc.blocks = doc.blocks:walk({
      Image = function(image) return with_class(image, "img-fluid") end,
      Link = link, Span = span, Div = function(el) return subtitle(el) or div(el) end,
    })
    doc.blocks = doc.blocks:walk({ Div = cell_output })
    if shared.any(doc.blocks, "Image", is_aligned) then doc.blocks = doc.blocks:walk({ Para = aligned_picture }) end
    doc.blocks = doc.blocks:walk({ Table = table_of, Figure = figure })
    if state.note_place == "margin" then doc.blocks = notes_beside(doc.blocks) end
    return doc
  end },
}
