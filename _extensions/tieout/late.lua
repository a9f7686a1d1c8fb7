-- Runs in Quarto after its own filters: resolves ties that only they have put into the text, as those of variables,
-- and gives the chapters of ledger and findings their form on paper.

local ties = dofile(quarto.utils.resolve_path("ties.lua"))
ties.again = true

local function has_ties(blocks)
  local found = false
  blocks:walk({ Link = function(link) found = found or link.target:sub(1, 4) == "tie:" end })
  return found
end

local function raw(text)
  return pandoc.RawInline("typst", text)
end

-- Terms and what they say in one line each: Quarto's template sets one over the other.
local function fields(list)
  local out = pandoc.Blocks({})
  for _, item in ipairs(list.content) do
    local content = pandoc.Inlines({ raw("#block(above: 0.45em, below: 0.45em, inset: (left: 1em))[#text(fill: luma(35%))[") })
    content:extend(item[1])
    content:insert(raw("]: "))
    content:extend(pandoc.utils.blocks_to_inlines(item[2][1]))
    content:insert(raw("]"))
    out:insert(pandoc.Plain(content))
  end
  return out
end

local function within(before, blocks, after)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", before) })
  out:extend(blocks)
  out:insert(pandoc.RawBlock("typst", after))
  return out
end

local function on_paper(div)
  if div.classes:includes("finding") then
    return div.content:walk({ DefinitionList = fields })
  end
  if div.identifier == "refs" then
    div.classes = {}
    return within("#[#set par(hanging-indent: 1.5em, justify: false)", { div }, "]")
  end
end

-- A link to a chapter's file leads nowhere in one document that holds them all.
local function to_file(link)
  if link.target:match("^[^:#]+%.ipynb$") or link.target:match("^[^:#]+%.q?md$") then return link.content end
end

-- A page says its title once: over the home page Quarto has set that of the book, which its first heading may repeat.
local function titled_once(doc)
  local first, title = doc.blocks[1], doc.meta.title
  if not first or first.t ~= "Header" or first.level ~= 1 or not title then return end
  local is_plain = first.classes:includes("unnumbered") and not pandoc.utils.stringify(first):match("^%s*$")
  first:walk({ Link = function() is_plain = false end })
  if is_plain and pandoc.utils.stringify(first) == pandoc.utils.stringify(title) then
    doc.blocks[1] = pandoc.Div({}, pandoc.Attr(first.identifier))
  end
end

return {
  {
    Pandoc = function(doc)
      if quarto.doc.is_format("html") then titled_once(doc) end
      if has_ties(doc.blocks) then
        ties.set_up(doc.meta)
        ties.count(doc.blocks)
        doc.blocks = ties.resolve(doc.blocks)
        ties.stop()
      end
      if quarto.doc.is_format("typst") then doc.blocks = doc.blocks:walk({ Div = on_paper, Link = to_file }) end
      return doc
    end,
  },
}
