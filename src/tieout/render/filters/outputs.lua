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

-- A date is not broken at its hyphens.
local function is_date(cell)
  return pandoc.utils.stringify(cell.contents):match("^%d%d%d%d%-%d%d%-%d%d[%d:. ]*$") ~= nil
end

-- Styles are the page's; ids of a library's making differ at each run.
local function plain(tbl)
  local function bare(rows)
    for _, row in ipairs(rows) do
      row.attr = pandoc.Attr()
      for _, cell in ipairs(row.cells) do cell.attr = pandoc.Attr("", is_date(cell) and { "together" } or {}) end
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

local function is_empty(cell)
  return pandoc.utils.stringify(cell.contents) == ""
end

-- What an index is called has a row of a data frame's head to itself: it stands over its column, beside the others.
local function headed(tbl)
  local rows = tbl.head.rows
  if #rows ~= 2 or #rows[1].cells ~= #rows[2].cells then return tbl end
  local names = 0
  while names < #rows[2].cells and not is_empty(rows[2].cells[names + 1]) do names = names + 1 end
  for at, cell in ipairs(rows[2].cells) do
    local other = rows[1].cells[at]
    local is_name = at <= names
    if cell.col_span > 1 or other.col_span > 1 or cell.row_span > 1 or other.row_span > 1 then return tbl end
    if is_name ~= is_empty(other) or pandoc.utils.stringify(cell.contents):match("%d") then return tbl end
  end
  for at = 1, names do rows[1].cells[at] = rows[2].cells[at] end
  tbl.head.rows = { rows[1] }
  return tbl
end

-- Text beside a table, as a model's notes, is a paragraph: in the PDF what follows would go on in its last line.
local function paragraph(text)
  local content, breaks = text.content, { LineBreak = true, SoftBreak = true, Space = true }
  while #content > 0 and breaks[content[1].t] do content:remove(1) end
  while #content > 0 and breaks[content[#content].t] do content:remove(#content) end
  return #content > 0 and pandoc.Para(content) or nil
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
    Table = function(tbl) return headed(plain(aligned(tbl))) end,
  })
  local found = pandoc.Blocks({})
  for _, each in ipairs(blocks) do
    if each.t == "Plain" then each = paragraph(each) end
    if each then found:insert(each) end
  end
  return found
end

-- What a terminal would show in colours: spans of Quarto's class names on pages, plain text on paper.
local ESCAPE = utf8.char(0xE7FF)
local COLOURS = { [0] = "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white" }

local function html_text(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function style_of(state, codes)
  local list = {}
  for code in (codes == "" and "0" or codes):gmatch("%d+") do list[#list + 1] = tonumber(code) end
  local index = 1
  while index <= #list do
    local code = list[index]
    if code == 0 then
      state.bold, state.italic, state.underline, state.fg, state.bg = nil, nil, nil, nil, nil
    elseif code == 1 then state.bold = true
    elseif code == 3 then state.italic = true
    elseif code == 4 then state.underline = true
    elseif code == 22 then state.bold = nil
    elseif code == 23 then state.italic = nil
    elseif code == 24 then state.underline = nil
    elseif code >= 30 and code <= 37 then state.fg = "ansi-" .. COLOURS[code - 30] .. "-fg"
    elseif code >= 90 and code <= 97 then state.fg = "ansi-bright-" .. COLOURS[code - 90] .. "-fg"
    elseif code >= 40 and code <= 47 then state.bg = "ansi-" .. COLOURS[code - 40] .. "-bg"
    elseif code == 39 then state.fg = nil
    elseif code == 49 then state.bg = nil
    elseif code == 38 or code == 48 then
      local slot = code == 38 and "fg" or "bg"
      local number = list[index + 1] == 5 and list[index + 2]
      index = index + (list[index + 1] == 5 and 2 or 4)
      if number and number < 16 then
        state[slot] = "ansi-" .. (number > 7 and "bright-" or "") .. COLOURS[number % 8] .. "-" .. slot
      end
    end
    index = index + 1
  end
end

local function classes_of(state)
  local names = {}
  for _, name in ipairs({ "bold", "italic", "underline" }) do
    if state[name] then names[#names + 1] = "ansi-" .. name end
  end
  names[#names + 1] = state.fg
  names[#names + 1] = state.bg
  return table.concat(names, " ")
end

local function coloured(block)
  if not block.classes:includes("tieout-ansi") then return nil end
  local plain = block.text:gsub(ESCAPE .. "%[[%d;]*m", "")
  local state, out = {}, {}
  local rest = block.text
  while rest ~= "" do
    local first, last, codes = rest:find(ESCAPE .. "%[([%d;]*)m")
    local text = html_text(rest:sub(1, (first or #rest + 1) - 1))
    local classes = classes_of(state)
    if text ~= "" then out[#out + 1] = classes ~= "" and '<span class="' .. classes .. '">' .. text .. "</span>" or text end
    if not first then break end
    style_of(state, codes)
    rest = rest:sub(last + 1)
  end
  local page = pandoc.RawBlock("html", "<pre><code>" .. table.concat(out) .. "</code></pre>")
  local paper = pandoc.Div({ pandoc.CodeBlock(plain) },
    pandoc.Attr("", { "content-visible" }, { { "unless-format", "html" } }))
  return pandoc.Div({ page, paper }, pandoc.Attr("", { "ansi-escaped-output" }))
end

return { { CodeBlock = function(block) return tables(block) or coloured(block) end } }
