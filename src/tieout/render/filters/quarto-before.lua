-- Runs before Quarto's own filters: what a chapter's text says, anywhere in it, of the head and the foot of its page.
-- Quarto adds its own scripts to the same metadata later, so that they could not be told apart then.

local seal = dofile(PANDOC_SCRIPT_FILE:gsub("[^/\\]*$", "") .. "seal.lua")
local WITH_HTML = { "header-includes", "include-before", "include-after", "math", "css" }

local function stranger(el)
  if not seal.is_html(el) or seal.says(seal.settings.configuration, el.text) then return nil end
  seal.removed(el.text)
  return {}
end

return { {
  Pandoc = function(doc)
    for _, key in ipairs(WITH_HTML) do
      if doc.meta[key] ~= nil then
        local alone = pandoc.Pandoc({}, { [key] = doc.meta[key] })
        doc.meta[key] = alone:walk({ RawBlock = stranger, RawInline = stranger }).meta[key]
      end
    end
    local lang = doc.meta.lang and pandoc.utils.stringify(doc.meta.lang)
    if lang and not lang:match("^[%w-]+$") then doc.meta.lang = nil end
    return doc
  end,
} }
