-- What stands beside the text: `.column-margin`, `.aside`, and pictures and cells of these classes become divs of
-- their own, which pages set into the margin and the PDF sets apart.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))

local ASIDE = { ["column-margin"] = true, ["aside"] = true, ["margin-aside"] = true }

local within = false

local function is_aside(classes)
  return classes:find_if(function(name) return ASIDE[name] end) ~= nil
end

local function without(classes)
  return classes:filter(function(name) return not ASIDE[name] end)
end

local function beside(blocks, id, classes, attributes)
  local all = pandoc.List({ "no-row-height", "column-margin", "column-container" })
  all:extend(classes or {})
  return pandoc.Div(blocks, pandoc.Attr(id or "", all, attributes or {}))
end

local function div(el)
  if not is_aside(el.classes) or el.classes:includes("column-container") then return nil end
  local classes = without(el.classes)
  return beside(el.content, el.identifier, classes, el.attributes)
end

local function figure(el)
  local aside = is_aside(el.classes)
  el.classes = without(el.classes)
  el.content = el.content:walk({ Image = function(image)
    aside = aside or is_aside(image.classes)
    image.classes = without(image.classes)
    return image
  end })
  return aside and beside({ el }) or nil
end

-- An aside within a paragraph stands beside it: the sentence goes on without.
local function paragraph(para)
  if shared.is_image(para) then
    local image = para.content[1]
    if image.t == "Link" then image = image.content[1] end
    if not is_aside(image.classes) then return nil end
    image.classes = without(image.classes)
    return beside({ para })
  end
  if not within then return nil end
  local asides = pandoc.Blocks({})
  para.content = para.content:walk({ Span = function(span)
    if not is_aside(span.classes) then return nil end
    local classes = without(span.classes)
    classes:insert("margin-aside")
    asides:insert(beside({ pandoc.Plain({ pandoc.Span(span.content, pandoc.Attr(span.identifier, classes)) }) }))
    return {}
  end })
  if #asides == 0 then return nil end
  if pandoc.utils.stringify(para.content):match("^%s*$") then return asides end
  local last = para.content[#para.content]
  if last.t == "Space" or last.t == "SoftBreak" then para.content:remove() end
  asides:insert(1, para)
  return asides
end

return {
  { Pandoc = function(doc)
    shared.read_state(doc.meta)
    within = shared.any(doc.blocks, "Span", function(span) return is_aside(span.classes) end)
    doc.blocks = doc.blocks:walk({ Figure = figure })
    if within or shared.any(doc.blocks, "Image", function(image) return is_aside(image.classes) end) then
      doc.blocks = doc.blocks:walk({ Para = paragraph })
    end
    doc.blocks = doc.blocks:walk({ Div = div })
    return doc
  end },
}
