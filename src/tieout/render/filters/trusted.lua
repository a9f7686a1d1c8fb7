-- Tells a trusted chapter's own raw HTML (`html-trusted`, which no other step writes as it is) and its own pictures from
-- what outputs say.
-- Outputs arrive sealed in blocks of code: what they hold cannot end the block, and none of it is trusted.

local function own(el)
  if el.format:match("^html") then el.format = "html-trusted" end
  return el
end

local function own_picture(image)
  image.attributes["trusted"] = "true"
  return image
end

local function strangers_picture(image)
  image.attributes["trusted"] = nil
  return image
end

local function strangers(el)
  if el.format:match("^html") then el.format = "html" end
  return el
end

local function output(block)
  if not block.classes:includes("tieout-sealed") then return nil end
  return pandoc.read(block.text, "markdown").blocks:walk({
    RawBlock = strangers, RawInline = strangers, Image = strangers_picture,
  })
end

return {
  { Pandoc = function(doc)
    doc.blocks = doc.blocks:walk({ RawBlock = own, RawInline = own, Image = own_picture }):walk({ CodeBlock = output })
    return doc
  end },
}
