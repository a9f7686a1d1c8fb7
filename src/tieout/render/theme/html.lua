-- The last touches to a chapter before it becomes a page: sections, tables that scroll on small screens, charts by name.

local copying = ""

local NARROW = "(max-width: 36rem)"  -- where a chart of 600 pixels would be set too small to read

local function label_of(tbl)
  local given = tbl.attributes["label"]
  tbl.attributes["label"] = nil
  if given then return given end
  local caption = pandoc.utils.blocks_to_inlines(tbl.caption.long)
  return #caption > 0 and pandoc.utils.stringify(caption) or "Table"
end

-- A heading and what stands below it are one section, with the heading's anchor; both have the heading's attributes.
local function sections(doc)
  local own = {}
  doc.blocks:walk({ Header = function(header)
    for name, value in pairs(header.attributes) do
      own[header.identifier] = own[header.identifier] or {}
      own[header.identifier][name] = value
    end
  end })
  doc.blocks = pandoc.utils.make_sections(false, nil, doc.blocks):walk({
    Div = function(div)
      local header = div.content[1]
      local given = header and header.t == "Header" and own[div.identifier]
      if not given then return nil end
      for name, value in pairs(given) do header.attributes[name] = value end
      div.content[1] = header
      return div
    end,
  })
  return doc
end

-- Highlighted code can be copied by a button, which Python puts in the place of the mark.
local function copied(block)
  if #block.classes == 0 or copying == "false" then return nil end
  if not block.classes:includes("code-with-copy") then block.classes:insert("code-with-copy") end
  local mark = pandoc.Plain({ pandoc.Str(utf8.char(0xE7FE)) })
  return pandoc.Div({ block, mark }, pandoc.Attr("", { "code-copy-outer-scaffold" }))
end

-- A numbered formula's TeX, which browsers and readers copy, says its number as TeX does.
local mathml = pandoc.WriterOptions({ html_math_method = "mathml", wrap_text = "wrap-none" })
local function tagged(span)
  if not span.classes:includes("equation") then return nil end
  local number
  span.content:walk({ Span = function(inner)
    if inner.classes:includes("equation-number") then number = pandoc.utils.stringify(inner):match("^%((.*)%)$") end
  end })
  if not number then return nil end
  span.content = span.content:walk({ Math = function(math)
    local page = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ math }) }), "html", mathml)
    local inner, count = page:gsub("(%s*)</annotation>", function(space)
      return (space == "" and " " or space) .. "\\tag{" .. number .. "}</annotation>"
    end)
    local formula = inner:match("<math.*</math>")
    return count == 1 and formula and pandoc.RawInline("html", formula) or nil
  end })
  return span
end

-- A formula and the sign that closes it stay on one line: browsers would break between them.
local function together(inlines)
  local changed = false
  for at = #inlines - 1, 1, -1 do
    local math, after = inlines[at], inlines[at + 1]
    local inline = math.t == "Math" and math.mathtype == "InlineMath" and after.t == "Str"
    local signs = inline and after.text:match("^[,.;:!?)%]]+")
    if signs then
      inlines[at] = pandoc.Span({ math, pandoc.Str(signs) }, pandoc.Attr("", { "together" }))
      inlines[at + 1] = pandoc.Str(after.text:sub(#signs + 1))
      changed = true
    end
  end
  return changed and inlines or nil
end

local function formulas(doc)
  local found = false
  doc.blocks:walk({ Math = function(math) found = found or math.mathtype == "InlineMath" end })
  if not found then return nil end
  doc.blocks = doc.blocks:walk({ Inlines = together })
  return doc
end

-- A cell of few letters, `2020 to 2024` or `Class III`, stays on one line; a narrow table scrolls before it breaks.
local SHORT = 12
local function short_cells(tbl)
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      for _, cell in ipairs(row.cells) do
        local said = pandoc.utils.stringify(cell.contents)
        if said:find("%s") and (utf8.len(said) or #said) <= SHORT then cell.classes:insert("short") end
      end
    end
  end
  return tbl
end

return {
  { Pandoc = sections },
  { Span = tagged },
  { Pandoc = formulas },
  {
    Meta = function(meta) copying = pandoc.utils.stringify(meta["code-copy"] or "") end,
  },
  {
    CodeBlock = copied,
    Table = function(tbl)
      local said = { { "role", "region" }, { "aria-label", label_of(tbl) } }
      local box = pandoc.Attr("", { "table-scroll", "table-responsive" }, said)
      return pandoc.Div({ short_cells(tbl) }, box)
    end,
    -- The image has its alternative text already; charts are fetched by the path of their script.
    Image = function(image)
      local chart, narrow = image.attributes["data-chart"], image.attributes["data-narrow"]
      if chart then
        image.attributes["data-chart"] = chart:gsub("^[./]*/", ""):gsub("%.json$", ".js")
        image.attributes.loading = "lazy" -- a script draws it, and no browser without scripts waits
      end
      if not narrow then return chart and image or nil end
      image.attributes["data-narrow"] = nil
      local path = narrow:gsub("[^%w%-._~/]", function(byte) return ("%%%02X"):format(byte:byte()) end)
      local source = ('<picture><source media="%s" srcset="%s">'):format(NARROW, path)
      return { pandoc.RawInline("html", source), image, pandoc.RawInline("html", "</picture>") }
    end,
  },
}
