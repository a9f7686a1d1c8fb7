-- Runs after all of Quarto's own filters: no HTML of a chapter's, or of its outputs', reaches Quarto's pages as it is.

local seal = dofile(PANDOC_SCRIPT_FILE:gsub("[^/\\]*$", "") .. "seal.lua")
-- Quarto's own, and the project's: `quarto-before` has taken what the chapter says there.
local QUARTOS = { ["header-includes"] = true, ["include-before"] = true, ["include-after"] = true }

local joined = { Inlines = seal.inlines, Blocks = seal.blocks }
local walked = {
  RawBlock = seal.raw, RawInline = seal.raw,
  Link = seal.link, Image = seal.image,
  Span = seal.attributes, Div = seal.attributes, Header = seal.attributes, Code = seal.attributes,
  CodeBlock = seal.attributes, Figure = seal.attributes, Table = seal.attributes,
}

return { {
  Pandoc = function(doc)
    if not FORMAT:match("^html") then return nil end
    for key, value in pairs(doc.meta) do
      local kind = pandoc.utils.type(value)
      if not QUARTOS[key] and kind ~= "string" and kind ~= "boolean" then
        doc.meta[key] = pandoc.Pandoc({}, { [key] = value }):walk(joined):walk(walked).meta[key]
      end
    end
    doc.blocks = doc.blocks:walk(joined):walk(walked)
    doc.blocks:insert(pandoc.RawBlock("html", seal.sign("page")))
    return doc
  end,
} }
