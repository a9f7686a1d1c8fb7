-- The ledger on paper: a table of five columns, a row an entry, each row a heading that links lead to.
--
-- What a row says comes word for word from the ledger: the audit reads it back. The pages at its end lead to the
-- places where the entry is shown; Quarto's PDF has no names for these, so that it leaves the column empty.

local function raw(text)
  return pandoc.RawBlock("typst", text)
end

-- The form is defined where it is used: it has to work under any template.
local FORM = [[
#let ledger-pages(body) = context {
  let links = (if body.has("children") { body.children } else { (body,) }).filter(it => it.func() == link)
  let shown = ()
  for each in links {
    let number = str(counter(page).at(locate(each.dest)).first())
    if number not in shown.map(it => it.at(0)) { shown.push((number, each.dest)) }
  }
  shown.map(((number, place)) => link(place, number)).join([, ])
}
#let ledger-table(heads, ..rows) = pad(x: -0.9cm, {
  let quiet = luma(205)
  let named = (size: 6.5pt, weight: "regular", hyphenate: false)
  set par(justify: false, leading: 0.45em, spacing: 0.45em)
  show table: set par(justify: false, leading: 0.45em)
  show table: set text(size: 6.5pt, hyphenate: false)
  show heading: it => block(above: 0pt, below: 0pt, text(..named, it.body))
  show heading.where(level: 2): it => block(above: 0pt, below: 0pt, text(size: 9pt, weight: "bold", it.body))
  set table.cell(breakable: false)
  table(
    columns: (20fr, 17fr, 26fr, 29fr, 8fr),
    column-gutter: 3pt,
    inset: (x: 1.5pt, y: 2.6pt),
    stroke: (x, y) => (bottom: 0.3pt + quiet),
    table.header(repeat: true, ..heads.map(strong)),
    ..rows.pos(),
  )
})
]]

-- Letters of a row that may go on on the next page; a page holds about three thousand.
local LONG = 1000

local M = {}

-- Quarto's Typst keeps the names of those places alone that a link leads to: there each heading leads to itself.
local function named(content, id)
  return quarto and pandoc.Inlines({ pandoc.Link(content, "#" .. id) }) or content
end

-- The id with places to break a line at, which leave no sign: who searches for the id finds it.
local function breakable(id)
  local out = pandoc.Inlines({})
  for part in id:gmatch("[^._]+[._]?") do
    if #out > 0 then out:insert(pandoc.RawInline("typst", "#box(width: 0pt);")) end
    out:insert(pandoc.Str(part))
  end
  return out
end

-- The table of groups of entries: `{ name, entries }`. `tell` gives the parts of an entry.
function M.table(groups, tell)
  local out = pandoc.Blocks({ raw(FORM), raw("#ledger-table((") })
  local long = false
  local function cell(...)
    out:insert(raw(long and "table.cell(breakable: true)[" or "["))
    for _, block in ipairs({ ... }) do out:insert(block) end
    out:insert(raw("],"))
  end
  for _, head in ipairs(tell.heads) do cell(pandoc.Plain(pandoc.Inlines(head))) end
  out:insert(raw("),"))
  for _, group in ipairs(groups) do
    out:insert(raw("table.header(level: 2, repeat: false, table.cell(colspan: 5, inset: (top: 7pt, rest: 2.6pt))["))
    group.heading.content = named(group.heading.content, group.heading.identifier)
    out:insert(group.heading)
    out:insert(raw("]),"))
    for index, entry in ipairs(group.entries) do
      local attr = pandoc.Attr(entry.id, { "unnumbered", "unlisted" })
      local told = { tell.value(entry), tell.label(entry), tell.basis(entry, group.entries[index - 1]) }
      long = #pandoc.utils.stringify(pandoc.Inlines(told[2]) .. pandoc.Inlines(told[3])) > LONG
      cell(pandoc.Header(3, named(breakable(entry.id), entry.id), attr))
      for _, part in ipairs(told) do cell(pandoc.Plain(part)) end
      local uses = pandoc.Inlines({ pandoc.RawInline("typst", "#ledger-pages[") })
      uses:extend(tell.uses(entry))
      uses:insert(pandoc.RawInline("typst", "]"))
      cell(pandoc.Plain(uses))
      long = false
    end
  end
  out:insert(raw(")"))
  return out
end

return M
