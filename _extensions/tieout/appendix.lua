-- Fills the Ledger and Findings chapters from the ledger, as headings and definition lists that every engine can write.

local List, Str, Space = pandoc.List, pandoc.Str, pandoc.Space

-- What the interface says in the language of the ledger; `ledger` and `findings` are given it.
local say = function(english) return english end

local function text(value)
  return type(value) == "string" and value or ""
end

local function list(value)
  return type(value) == "table" and value or {}
end

local function words(value)
  local out = pandoc.Inlines({})
  for word in tostring(value):gmatch("%S+") do
    if #out > 0 then out:insert(Space()) end
    out:insert(Str(word))
  end
  return out
end

local function join(parts, separator)
  local out = pandoc.Inlines({})
  for index, part in ipairs(parts) do
    if index > 1 then out:extend(separator) end
    out:extend(part)
  end
  return out
end

local function heading(level, content, id, class)
  return pandoc.Header(level, content, pandoc.Attr(id, { "unnumbered", class }))
end

local function capitalised(name)
  return (name:gsub("[-_]", " "):gsub("^%l", string.upper))
end

-- `2:t1:r2:c2` in words: section 2, table 1, row 2, column 2.
local PLACES = {
  p = "paragraph", t = "table", r = "row", c = "column", d = "diagram", l = "line", b = "bullet",
}
local function place(locator)
  local out = {}
  local index = 0
  for part in locator:gmatch("[^:]+") do
    index = index + 1
    local kind, number = part:match("^(%a)(%d+)$")
    if kind and PLACES[kind] then
      out[#out + 1] = say(PLACES[kind]) .. " " .. number
    elseif index == 1 and part:match("^[%d.]+$") then
      out[#out + 1] = say("section") .. " " .. part
    elseif part == "refs" then
      out[#out + 1] = say("references")
    else
      out[#out + 1] = say(part)
    end
  end
  return table.concat(out, ", ")
end

-- Lists of terms ------------------------------------------------------------------------------------------------

local function terms()
  local items = List({})
  return items, function(name, content)
    if content and #content > 0 then
      items:insert({ words(say(name)), { pandoc.Blocks({ pandoc.Plain(content) }) } })
    end
  end
end

-- "stated in the article, section 2, paragraph 1, which cites Frost & Sullivan (2024)": the places are those of the
-- text that the data package names, and of the work itself where it names none.
local function source_of(entry, document)
  local key = text(list(entry.source).key)
  if key == "" then return nil end
  local cite = pandoc.Cite({ Str("@" .. key) }, { pandoc.Citation(key, "AuthorInText") })
  local places = {}
  for index, locator in ipairs(list(entry.locators)) do
    local stated = list(entry.stated)[index]
    places[index] = place(locator) .. (text(stated) ~= "" and " (" .. stated .. ")" or "")
  end
  local out = words(say("stated in"))
  out:insert(Space())
  local named = text(document.key) ~= ""
  if named then out:extend(words(document.name)) else out:insert(cite) end
  if #places > 0 then out:extend(words(", " .. table.concat(places, "; "))) end
  if named and document.key ~= key then
    out:extend(words(say(", which cites")))
    out:insert(Space())
    out:insert(cite)
  end
  return out
end

-- A formula in one line, its exponents raised: `x^(1/6)` and `x^2` as they are written by hand.
local function formula_of(entry)
  local out = words(text(entry.formula))
  return out:walk({
    Str = function(str)
      local parts, from = pandoc.Inlines({}), 1
      while true do
        local first, last, power = str.text:find("%^%(([^()^]+)%)", from)
        if not first then first, last, power = str.text:find("%^(%d+)", from) end
        if not first then break end
        parts:extend({ Str(str.text:sub(from, first - 1)), pandoc.Superscript({ Str(power) }) })
        from = last + 1
      end
      parts:insert(Str(str.text:sub(from)))
      return parts
    end,
  })
end

-- Each input on a line of its own: its amount, what it is called, and its id.
local function operands_of(entry)
  local parts = {}
  for _, operand in ipairs(list(entry.operands)) do
    local part = words(operand.amount .. ", " .. operand.label)
    part:insert(Space())
    part:insert(pandoc.Link({ pandoc.Code(operand.id) }, "#" .. operand.id))
    parts[#parts + 1] = part
  end
  return join(parts, { pandoc.LineBreak() })
end

-- What a finding is called, in plain words.
local function title_of(finding)
  if text(finding.title) ~= "" then return finding.title end
  return text(finding.statement) ~= "" and finding.statement or finding.id
end

-- The findings of an entry that are about its number, or about the work that it rests on.
local function findings_of(entry, findings, kind)
  local ids = List({})
  for _, id in ipairs(list(entry.findings)) do
    if (findings[id] and findings[id].kind == "reference") == (kind == "reference") then ids:insert(id) end
  end
  return ids
end

local function defined_at(entry)
  local defined = list(entry.defined)
  if text(defined.path) == "" then return nil end
  local out = pandoc.Inlines({ pandoc.Code(defined.path) })
  if type(defined.cell) == "number" then
    out:extend(words((say(", cell {n}"):gsub("{n}", string.format("%d", defined.cell)))))
  elseif text(defined.cell) ~= "" then
    out:extend(words((say(", cell {n}"):gsub("{n}", defined.cell))))
  elseif type(defined.line) == "number" then
    out:extend(words(say(", line ") .. string.format("%d", defined.line)))
  end
  return out
end

local function used_at(entry, page_link)
  local pages, order = {}, {}
  for _, use in ipairs(list(entry.used)) do
    if text(use.anchor) ~= "" then
      if not pages[use.page] then
        pages[use.page] = {}
        order[#order + 1] = use.page
      end
      local shown = text(use.shown) ~= "" and use.shown or entry.id
      local target = page_link(use.page, use.anchor)
      local attr = pandoc.Attr("", { "ledger-use" }, { ["data-page"] = use.page })
      table.insert(pages[use.page], pandoc.Inlines({ pandoc.Link(words(shown), target, "", attr) }))
    end
  end
  local parts = {}
  for _, page in ipairs(order) do
    local name = page:gsub("^.*/", ""):gsub("%.html$", ""):gsub("^%d+%-", "")
    local part = words(capitalised(name) .. ":")
    part:insert(Space())
    part:extend(join(pages[page], { Str(","), Space() }))
    parts[#parts + 1] = part
  end
  return join(parts, { Str(";"), Space() })
end

local function linked(ids, href)
  local parts = {}
  for _, id in ipairs(list(ids)) do
    parts[#parts + 1] = pandoc.Inlines({ pandoc.Link({ pandoc.Code(id) }, href(id)) })
  end
  return join(parts, { Str(","), Space() })
end

-- The code of a computed entry's cell, folded.
local function code_of(entry)
  if text(entry.code) == "" then return {} end
  return {
    pandoc.RawBlock("html", '<details class="ledger-code"><summary>' .. say("Code of the cell") .. "</summary>"),
    pandoc.CodeBlock(entry.code, pandoc.Attr("", { "python" })),
    pandoc.RawBlock("html", "</details>"),
  }
end

-- Whether a text has a unit already: its name, or a word or sign after the number that is no scale: `4.13 kg`, `10-min`.
local NO_UNIT = { "thousand", "million", "billion", "trillion", "to", "and", "or", "in" }
local function says_unit(value, unit)
  if value:find(unit, 1, true) then return true end
  local rest = value:gsub("\u{a0}", " "):gsub("\u{202f}", " ")
  for _, word in ipairs(NO_UNIT) do rest = rest:gsub("%f[%w]" .. word .. "%f[%W]", "") end
  return rest:find("%d[%s%-]*[%a%%]") ~= nil or rest:find("%d%s*°") ~= nil or rest:find("%d%s*×") ~= nil
end

local function value_of(entry)
  local value = text(entry.display) ~= "" and entry.display or text(entry.value)
  local unit = text(entry.unit_name)
  local told = unit == "" or entry.unit == "percent" or #entry.unit == 3 or says_unit(value, unit)
  return told and value or value .. " " .. unit
end

local function entry_block(entry, ledger, findings, page_link)
  local items, add = terms()
  add("Value", words(value_of(entry)))
  add("Precision", words(text(entry.precision)))
  add("Kind", words(say(text(entry.kind))))
  add("Formula", formula_of(entry))
  add("Note", words(text(entry.note)))
  if #list(entry.operands) > 0 then
    add("Computed from", operands_of(entry))
  else
    add("Computed from", linked(entry.inputs, function(id) return "#" .. id end))
  end
  add("Source", source_of(entry, list(ledger.document)))
  if entry.kind == "computed" then add("From", words(text(entry.origin))) end
  if text(entry.quotation) ~= "" then add("Quotation", words("“" .. entry.quotation .. "”")) end
  add("Defined in", defined_at(entry))
  add("Used in", used_at(entry, page_link))
  local function told_in(kind)
    local parts = {}
    for _, id in ipairs(findings_of(entry, findings, kind)) do
      local name = words(title_of(findings[id] or { id = id }))
      parts[#parts + 1] = pandoc.Inlines({ pandoc.Link(name, page_link(text(ledger.findings_page), id), id) })
    end
    return join(parts, { pandoc.LineBreak() })
  end
  add("Findings", told_in("relation"))
  add("About its reference", told_in("reference"))
  local title = words(text(entry.label) ~= "" and entry.label or entry.id)
  title:extend({ Space(), pandoc.Code(entry.id) })
  local content = pandoc.Blocks({
    pandoc.Header(3, title, pandoc.Attr(entry.id, { "unnumbered", "unlisted" })), pandoc.DefinitionList(items),
  })
  content:extend(code_of(entry))
  return pandoc.Div(
    content,
    pandoc.Attr("", { "ledger-entry", "ledger-" .. text(entry.kind) }, { ["data-entry"] = entry.id })
  )
end

-- On paper: how an entry without a formula comes about, in the ledger's words, and links to the places that show it.
local function basis_of(entry)
  local stated = say("stated in") .. " "
  if text(entry.origin) ~= "" then
    return entry.origin:sub(1, #stated) == stated and entry.origin:sub(#stated + 1) or entry.origin
  end
  if entry.kind == "assumed" then return say("assumed") .. (text(entry.note) ~= "" and ": " .. entry.note or "") end
  if #list(entry.inputs) > 0 then return say("from") .. " " .. table.concat(entry.inputs, ", ") end
  return pandoc.utils.stringify(defined_at(entry) or "")
end

local function on_paper(findings, page_link, findings_page)
  local heads = List({ "Entry", "Value", "What it is", "Formula or source", "Pages" })
  return {
    heads = heads:map(function(head) return words(say(head)) end),
    value = function(entry)
      local out = words(value_of(entry))
      local finding = findings_of(entry, findings, "relation")[1]
      if finding and findings_page ~= "" then
        out:insert(pandoc.Superscript({ pandoc.Link({ Str("†") }, page_link(findings_page, finding)) }))
      end
      return out
    end,
    label = function(entry) return words(text(entry.label) ~= "" and entry.label or entry.id) end,
    basis = function(entry, above)
      if text(entry.formula) ~= "" then return formula_of(entry) end
      local told = entry.kind == "computed" and text(entry.origin) or ""
      local same = told ~= "" and above and above.kind == "computed" and text(above.origin) == told
      return words(same and say("as the row above") or basis_of(entry))
    end,
    uses = function(entry)
      local out = pandoc.Inlines({})
      for _, use in ipairs(quarto and {} or list(entry.used)) do
        local attr = pandoc.Attr("", { "ledger-use" }, { ["data-page"] = use.page })
        if text(use.anchor) ~= "" then out:insert(pandoc.Link({ Str("p") }, "#" .. use.anchor, "", attr)) end
      end
      return out
    end,
  }
end

-- What a filter may set: `paper` writes the table of the PDF.
local M = { paper = nil }

-- Every entry, grouped by the first part of its id, in the ledger's own order.
function M.ledger(ledger, findings, page_link, typst, words_of)
  say = words_of or say
  local groups, named = List({}), {}
  for _, entry in ipairs(ledger.entries) do
    local name = entry.id:match("^[^.]+")
    if not named[name] then
      named[name] = { heading = heading(2, words(capitalised(name)), "ledger-" .. name, "ledger-group"), entries = {} }
      groups:insert(named[name])
    end
    table.insert(named[name].entries, entry)
  end
  if typst then
    for _, group in ipairs(groups) do group.heading.classes:insert("unlisted") end
    return M.paper.table(groups, on_paper(findings, page_link, text(ledger.findings_page)))
  end
  local blocks = pandoc.Blocks({})
  for _, group in ipairs(groups) do
    blocks:insert(group.heading)
    for _, entry in ipairs(group.entries) do blocks:insert(entry_block(entry, ledger, findings, page_link)) end
  end
  return blocks
end

-- What a finding says in Markdown, its ties resolved; on the site, numbers of its own are marked as such.
local function told(markdown, tied, typst)
  local blocks = tied(pandoc.read(markdown, "markdown-tex_math_dollars").blocks)
  if typst then return blocks end
  return blocks:walk({
    traverse = "topdown",
    Link = function(link) return link, false end,
    Str = function(str)
      if str.text:find("%d") then return pandoc.Span({ str }, pandoc.Attr("", { "finding-number" })), false end
    end,
  })
end

-- Each number of a finding on a line of its own: what it is and its value; its id is told where one points at it.
local function concerned_by(finding, entries, href)
  local parts = {}
  for _, id in ipairs(list(finding.entries)) do
    local entry = entries[id] or {}
    local label, value = text(entry.label), entries[id] and value_of(entry) or ""
    local told = label == "" and pandoc.Inlines({ pandoc.Code(id) }) or words(label)
    local within = pandoc.text.lower(label):find(pandoc.text.lower(value), 1, true)
    if value:find("%d") or not within then
      told:insert(Str(":"))
      told:insert(Space())
      told:extend(words(value))
    end
    parts[#parts + 1] = pandoc.Inlines({ pandoc.Link(told, href(id), label ~= "" and id or "") })
  end
  return join(parts, { pandoc.LineBreak() })
end

local STATUS = { expected = "known, and looked into", new = "new, and not looked into yet" }

-- Findings in the order they come: the ledger ranks them. `tied` resolves the ties of blocks.
function M.findings(ledger, entries, page_link, typst, words_of, tied)
  say = words_of or say
  local blocks = pandoc.Blocks({})
  for _, finding in ipairs(list(ledger.findings)) do
    local name = words(title_of(finding))
    if text(finding.heading) ~= "" then
      name = pandoc.utils.blocks_to_inlines(told(finding.heading, tied, true))
    end
    local content = pandoc.Blocks({ pandoc.Header(2, name, pandoc.Attr(finding.id, { "unnumbered" })) })
    local said = text(finding.text) ~= "" and finding.text or text(finding.explanation)
    if said ~= "" then content:extend(told(said, tied, typst)) end
    local items, add = terms()
    add("Status", words(say(STATUS[text(finding.status)] or text(finding.status))))
    add("Reason", words(text(finding.reason)))
    add("What it concerns", concerned_by(finding, entries, function(id)
      return entries[id] and page_link(text(ledger.ledger_page), id) or "#" .. id
    end))
    if #items > 0 then content:insert(pandoc.DefinitionList(items)) end
    local classes = { "finding", "finding-" .. (finding.kind == "reference" and "reference" or "relation") }
    blocks:insert(pandoc.Div(content, pandoc.Attr("", classes, { ["data-finding"] = finding.id })))
  end
  if #blocks == 0 then blocks:insert(pandoc.Para(words(say("There are none.")))) end
  return blocks
end

return M
