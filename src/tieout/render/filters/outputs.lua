-- Reads tables and texts that cells show as HTML, which arrive in blocks of code: every format then writes them as its own.

local function is_numeric(text)
  return text == "" or text:match("^[%s$€£¥%(<>≈~+%-−–—]*[%d%.,]+[%s%%%)eE%d%+%-−%.,]*$") ~= nil or text == "NaN"
end

-- Columns that hold numbers only are set to the right, as a data frame shows them.
local function aligned(tbl)
  local numeric, rows = {}, 0
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      rows = rows + 1
      for at, cell in ipairs(row.cells) do
        if numeric[at] == nil then numeric[at] = true end
        if cell.col_span > 1 or cell.row_span > 1 then return tbl end
        if not is_numeric(pandoc.utils.stringify(cell.contents)) then numeric[at] = false end
      end
    end
  end
  if rows == 0 then return tbl end
  for at, spec in ipairs(tbl.colspecs) do
    if numeric[at] then tbl.colspecs[at] = { pandoc.AlignRight, spec[2] } end
  end
  return tbl
end

-- Styles are the page's; ids of a library's making differ at each run.
local function plain(tbl)
  local function bare(rows)
    for _, row in ipairs(rows) do
      row.attr = pandoc.Attr()
      for _, cell in ipairs(row.cells) do cell.attr = pandoc.Attr() end
    end
  end
  bare(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do
    bare(body.head)
    bare(body.body)
  end
  bare(tbl.foot.rows)
  tbl.attr = pandoc.Attr("", tbl.classes:filter(function(name) return name == "dataframe" end))
  return tbl
end

local function tables(block)
  if not block.classes:includes("tieout-html") then return nil end
  local blocks = pandoc.read(block.text, "html").blocks:walk({
    RawBlock = function() return {} end,
    RawInline = function() return {} end,
    Div = function(div) return div.content end,
    Span = function(span) return span.content end,
    Image = function(image) return image.caption end,
    Header = function(header) return pandoc.Para(pandoc.Strong(header.content)) end,
    Table = function(tbl) return plain(aligned(tbl)) end,
  })
  return blocks
end

return { { CodeBlock = tables } }
