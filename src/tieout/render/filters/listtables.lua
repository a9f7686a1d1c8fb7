-- Lists in a div of the class `list-table` become tables: an item is a row, an item within it is a cell.
--
-- The div's attributes are `header-rows` (1 where it is not said), `header-cols`, `widths` and `aligns`; a paragraph
-- before the list or after it is the caption, with attributes of the table in braces at its end.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))

local ALIGN = { l = pandoc.AlignLeft, c = pandoc.AlignCenter, r = pandoc.AlignRight, d = pandoc.AlignDefault }

local function parts_of(text)
  local parts = pandoc.List({})
  for part in (text or ""):gmatch("[^,%s]+") do parts:insert(part) end
  return parts
end

-- An empty span at a cell's beginning says what the cell is: `[]{colspan=2 rowspan=3 align=c}`.
local function cell_of(blocks)
  local attributes, align = { colspan = 1, rowspan = 1 }, pandoc.AlignDefault
  local first = blocks[1]
  local mark = first and (first.t == "Plain" or first.t == "Para") and first.content[1]
  if mark and mark.t == "Span" and #mark.content == 0 then
    for _, name in ipairs({ "colspan", "rowspan" }) do
      attributes[name] = tonumber(mark.attributes[name]) or 1
    end
    align = ALIGN[(mark.attributes["align"] or "d"):sub(1, 1)] or align
    first.content:remove(1)
    blocks[1] = first
  end
  return pandoc.Cell(blocks, align, attributes.rowspan, attributes.colspan)
end

local function rows_of(list)
  local rows, columns = pandoc.List({}), 0
  for _, item in ipairs(list.content) do
    local inner = item[1]
    if #item ~= 1 or (inner.t ~= "BulletList" and inner.t ~= "OrderedList") then return nil end
    local cells, width = pandoc.List({}), 0
    for _, blocks in ipairs(inner.content) do
      local cell = cell_of(blocks)
      width = width + cell.col_span
      cells:insert(cell)
    end
    columns = math.max(columns, width)
    rows:insert(pandoc.Row(cells))
  end
  return rows, columns
end

-- Takes `{#id .class key=value}` off the end of a caption.
local function take_attributes(inlines)
  local text = pandoc.utils.stringify(inlines)
  local written = text:match("{([^{}]*)}%s*$")
  if not written then return inlines, nil end
  for index = #inlines, 1, -1 do
    local opens = inlines[index].t == "Str" and inlines[index].text:find("{", 1, true)
    if opens then
      local before = inlines[index].text:sub(1, opens - 1)
      local kept = pandoc.Inlines({})
      for at = 1, index - 1 do kept:insert(inlines[at]) end
      if before ~= "" then kept:insert(pandoc.Str(before)) end
      while #kept > 0 and kept[#kept].t == "Space" do kept:remove(#kept) end
      written = written:gsub("=(%b[])", '="%1"'):gsub('\u{201c}', '"'):gsub('\u{201d}', '"')
      local read = pandoc.read("::: {" .. written .. "}\nx\n:::\n", "markdown").blocks[1]
      return kept, read and read.t == "Div" and read.attr or nil
    end
  end
  return inlines, nil
end

local function list_table(div)
  if not div.classes:includes("list-table") then return nil end
  local list, caption
  for _, block in ipairs(div.content) do
    if (block.t == "BulletList" or block.t == "OrderedList") and not list then
      list = block
    elseif block.t == "Para" and not caption then
      caption = block.content
    else
      return nil
    end
  end
  local rows, columns = nil, 0
  if list then rows, columns = rows_of(list) end
  if not rows or columns == 0 then return nil end
  local widths, aligns = parts_of(div.attributes["widths"]), parts_of(div.attributes["aligns"])
  local sum = 0
  for _, width in ipairs(widths) do sum = sum + (tonumber(width) or 0) end
  local specs = pandoc.List({})
  for at = 1, columns do
    local width = sum > 0 and tonumber(widths[at])
    specs:insert({ ALIGN[(aligns[at] or "d"):sub(1, 1)] or pandoc.AlignDefault, width and width / math.max(sum, 1) or nil })
  end
  local heads = math.min(tonumber(div.attributes["header-rows"]) or 1, #rows)
  local head, body = pandoc.List({}), pandoc.List({})
  for index, row in ipairs(rows) do (index <= heads and head or body):insert(row) end
  local attr = pandoc.Attr(div.identifier, div.classes:filter(function(name) return name ~= "list-table" end))
  local read
  if caption then caption, read = take_attributes(caption) end
  if read then
    attr.classes:extend(read.classes)
    for name, value in pairs(read.attributes) do attr.attributes[name] = value end
  end
  for name, value in pairs(div.attributes) do
    if not ({ ["header-rows"] = 1, ["header-cols"] = 1, widths = 1, aligns = 1 })[name] then attr.attributes[name] = value end
  end
  return pandoc.Table(
    { long = caption and { pandoc.Plain(caption) } or {} },
    specs,
    pandoc.TableHead(head),
    { { attr = pandoc.Attr(), body = body, head = {}, row_head_columns = tonumber(div.attributes["header-cols"]) or 0 } },
    pandoc.TableFoot(),
    attr
  )
end

return {
  { Pandoc = function(doc)
    shared.read_state(doc.meta)
    doc.blocks = doc.blocks:walk({ Div = list_table })
    return doc
  end },
}
