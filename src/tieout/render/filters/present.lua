-- Gives callouts, tabsets, layouts, folded code, equations and pictures the form that the format's writer wants.
-- Runs last but one: what it wraps has its ties and citations resolved already.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local say, hand_over = shared.reporter()
local state
local raw = shared.raw

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function html_text(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- Callouts ------------------------------------------------------------------------------------------------------------

-- A summary holds words and no blocks.
local function in_summary(div)
  return pandoc.Plain({ pandoc.Span(pandoc.utils.blocks_to_inlines(div.content), div.attr) })
end

local function callout(div)
  local kind, collapse = div.attributes["callout-kind"], div.attributes["collapse"]
  div.attributes["callout-kind"], div.attributes["collapse"] = nil, nil
  local body = div.content[#div.content]
  local title = #div.content > 1 and div.content[1] or nil
  local bare = div.classes:includes("callout-no-icon")
  if state.format == "typst" then
    local out = pandoc.Blocks({ raw("typst", "#callout(kind: " .. typst_string(kind) .. (title and ", title: [" or ")[")) })
    if title then
      out:extend(title.content)
      out:insert(raw("typst", "])["))
    end
    out:extend(body.content)
    out:insert(raw("typst", div.identifier ~= "" and "] <" .. div.identifier .. ">" or "]"))
    return out
  end
  local style = div.classes[3] and div.classes[3]:match("^callout%-(%a+)$") or "default"
  div.classes:insert("callout-style-" .. style)
  if title then div.classes:insert("callout-titled") end
  local icon = pandoc.RawInline("html", '<i class="callout-icon' .. (bare and " no-icon" or "") .. '"></i>')
  local container = pandoc.Div({ pandoc.Plain({ icon }) }, pandoc.Attr("", { "callout-icon-container" }))
  body.classes:insert("callout-body-container")
  if not title then
    div.content = { pandoc.Div({ container, body }, pandoc.Attr("", { "callout-frame" })) }
    div.attributes["role"] = "note"
    return div
  end
  local words = pandoc.Div(title.content, pandoc.Attr("", { "callout-title-container" }))
  local own = not pandoc.utils.blocks_to_inlines(title.content):find_if(function(inline)
    return inline.t == "Span" and (inline.classes:includes("callout-kind") or inline.classes:includes("caption-number"))
  end)
  if own then
    local said = pandoc.Span({ pandoc.Str(state.names[kind]) }, pandoc.Attr("", { "screen-reader-only" }))
    words.content[1].content:insert(1, pandoc.Space())
    words.content[1].content:insert(1, said)
  end
  if not collapse then
    div.attributes["role"] = "note"
    div.content = { pandoc.Div({ container, words }, pandoc.Attr("", { "callout-header", "callout-title" })), body }
    return div
  end
  local open = collapse == "false" and " open" or ""
  local id = div.identifier ~= "" and ' id="' .. html_text(div.identifier) .. '"' or ""
  return pandoc.Blocks({
    raw("html", "<details" .. id .. ' class="' .. html_text(table.concat(div.classes, " ")) .. '"' .. open .. ">"),
    raw("html", '<summary class="callout-header callout-title">'),
    in_summary(container),
    in_summary(words),
    raw("html", "</summary>"),
    pandoc.Div({ body }, pandoc.Attr("", { "callout-collapse" })),
    raw("html", "</details>"),
  })
end

local function tab_title(div)
  if state.format == "typst" then
    return pandoc.Para({ pandoc.Strong(pandoc.utils.blocks_to_inlines(div.content)) })
  end
  return div
end

-- Layout --------------------------------------------------------------------------------------------------------------

local function rows_of(attributes, count)
  local given = attributes["layout"]
  if given then
    local rows = pandoc.json.decode(given, false)
    if type(rows[1]) ~= "table" then rows = { rows } end
    return rows
  end
  local columns = tonumber(attributes["layout-ncol"])
  if not columns then
    columns = math.ceil(count / math.max(1, tonumber(attributes["layout-nrow"]) or 1))
  end
  local rows = {}
  for first = 1, count, columns do
    local row = {}
    for index = 1, columns do row[index] = 1 end
    rows[#rows + 1] = row
    if first + columns > count then break end
  end
  return rows
end

local function layout(div)
  -- Beside each other pictures share the room there is; one that is given a height would be pulled out of shape.
  div.content = div.content:walk({ Image = function(el)
    el.attributes["height"] = nil
    return el
  end })
  local cells = div.content:filter(function(block) return not (block.t == "Null") end)
  local rows = rows_of(div.attributes, #cells)
  local out, index = pandoc.Blocks({}), 1
  for number, row in ipairs(rows) do
    local tracks = {}
    for position, width in ipairs(row) do tracks[position] = string.format("%g", math.abs(width)) .. "fr" end
    local line = pandoc.Blocks({})
    for _, width in ipairs(row) do
      local cell = pandoc.Blocks({})
      if width > 0 and cells[index] then
        cell:insert(cells[index])
        index = index + 1
        while number == #rows and _ == #row and cells[index] do
          cell:insert(cells[index])
          index = index + 1
        end
      end
      if state.format == "typst" then
        line:insert(raw("typst", "["))
        line:extend(cell)
        line:insert(raw("typst", "],"))
      elseif #cell > 0 or index <= #cells then
        line:insert(pandoc.Div(cell, pandoc.Attr("", { "layout-cell" })))
      end
    end
    if state.format == "typst" then
      out:insert(raw("typst", "#grid(columns: (" .. table.concat(tracks, ", ") .. ",), gutter: 1em,"))
      out:extend(line)
      out:insert(raw("typst", ")"))
    else
      local style = "display: grid; gap: 1rem; grid-template-columns: " .. table.concat(tracks, " ")
      out:insert(pandoc.Div(line, pandoc.Attr("", { "layout-row" }, { style = style })))
    end
  end
  if state.format == "typst" then return out end
  return pandoc.Div(out, pandoc.Attr(div.identifier, { "layout" }))
end

-- Code, equations, pictures -------------------------------------------------------------------------------------------

local VIDEO = { mp4 = true, webm = true, ogv = true, mov = true, m4v = true }

local function is_video(address)
  return VIDEO[(address:match("%.(%w+)$") or ""):lower()] == true
end

-- The file that code belongs to stands over it.
local function with_filename(block, name)
  if not name then return block end
  local label = pandoc.Div({ pandoc.Plain({ pandoc.Strong({ pandoc.Code(name) }) }) },
    pandoc.Attr("", { "code-with-filename-file" }))
  local attributes = state.format == "html" and { { "data-filename", name } } or {}
  return pandoc.Div({ label, block }, pandoc.Attr("", { "code-with-filename" }, attributes))
end

local function code(block)
  local name = block.attributes["filename"]
  block.attributes["filename"] = nil
  if state.format ~= "html" then
    block.attributes["annotated"] = nil
    block.text = block.text:gsub(shared.NOTE_SIGNS, function(sign) return "<" .. utf8.codepoint(sign) - 0xE000 .. ">" end)
  end
  if not block.classes:includes("cell-code") then return with_filename(block, name) end
  local fold, summary = block.attributes["code-fold"], block.attributes["code-summary"]
  block.attributes["code-fold"], block.attributes["code-summary"] = nil, nil
  block = with_filename(block, name)
  if state.format ~= "html" or not fold or fold == "false" then return block end
  local open = fold == "show" and " open" or ""
  local text = pandoc.utils.stringify(shared.inlines(summary or state.names["code-summary"]))
  return {
    raw("html", '<details class="code-fold"' .. open .. "><summary>" .. html_text(text) .. "</summary>"),
    block,
    raw("html", "</details>"),
  }
end

-- Symbols that pandoc's writer knows by names which Typst has given up.
local SYMBOLS = {
  ["sect"] = "inter", ["plus.circle"] = "plus.o", ["minus.circle"] = "minus.o", ["times.circle"] = "times.o",
  ["dot.circle"] = "dot.o",
}
local function typst_math(el)
  local text = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ el }) }), "typst"):gsub("%s+$", "")
  for old, new in pairs(SYMBOLS) do
    text = text:gsub("%f[%w]" .. old:gsub("%.", "%%.") .. "%f[%W]", new)
  end
  text = text:gsub('delim: "||"', el.text:find("Vmatrix", 1, true) and 'delim: "‖"' or 'delim: "|"')
  return text
end

-- What is read aloud of a formula that has no words of its own: as Typst writes it, without its signs of layout.
local function spoken(math)
  local text = math:gsub("^%$%s*", ""):gsub("%s*%$$", ""):gsub("%f[%w]thin%f[%W]", " "):gsub('[\\"]', "")
  return (text:gsub("%s+", " "))
end

local function for_typst(el)
  local text = typst_math(el)
  return pandoc.RawInline("typst", "#math.equation(block: " .. tostring(el.mathtype == "DisplayMath")
    .. ", alt: " .. shared.quoted(spoken(text)) .. ", " .. text .. ");")
end

-- Formulas that pandoc cannot convert would stand on the page as TeX, and stop the PDF.
local mathml = pandoc.WriterOptions({ html_math_method = "mathml" })
local LOGOS = { ["\\LaTeX"] = "\\text{LaTeX}", ["\\TeX"] = "\\text{TeX}" }

local function converts(el)
  return pandoc.write(pandoc.Pandoc({ pandoc.Plain({ el }) }), "html", mathml):find("<math", 1, true)
end

-- What browsers' libraries for TeX know, and pandoc does not, in words that it knows: own numbers, colours, line ends.
local function tagged(star, given)
  local text = given:sub(2, -2)
  if star == "*" then return " \\qquad \\text{" .. text .. "}" end
  return " \\qquad " .. (text:match("^[%d.]+$") and "(" .. text .. ")" or "\\text{(" .. text .. ")}")
end

-- Switches of fonts as plain TeX has them hold to the end of their group, column or line: `{\rm max}`.
local FONTS = { rm = "mathrm", bf = "mathbf", it = "mathit", sf = "mathsf", tt = "mathtt", cal = "mathcal" }

local function group_end(text, from)
  local depth, at = 0, from
  while at <= #text do
    local sign = text:sub(at, at)
    if depth == 0 and (sign == "}" or sign == "&" or text:sub(at, at + 1) == "\\\\") then break end
    if sign == "\\" then at = at + 1 end
    depth = depth + (sign == "{" and 1 or sign == "}" and -1 or 0)
    at = at + 1
  end
  return at
end

local function without_switches(text)
  local from = #text
  while from > 0 do
    local first, last, name = text:find("^\\(%l+)%f[%A]%s*", from)
    if first and FONTS[name] then
      local stop = group_end(text, last + 1)
      local held = text:sub(last + 1, stop - 1):gsub("%s+$", "")
      text = text:sub(1, first - 1) .. "\\" .. FONTS[name] .. "{" .. held .. "}" .. text:sub(stop)
    end
    from = from - 1
  end
  return text
end

local function simpler(text, mathtype)
  text = without_switches(text)
  text = text:gsub("\\notag%f[%A]", ""):gsub("\\nonumber%f[%A]", "")
  text = text:gsub("\\textcolor%s*%b{}", ""):gsub("\\color%s*%b{}", ""):gsub("\\mathbbm%f[%A]", "\\mathbb")
  text = text:gsub("\\thick(%l+)%f[%A]", { sim = "\\sim", approx = "\\approx" }):gsub("\\cr%f[%A]", "\\\\")
  text = text:gsub("%s*\\tag(%*?)%s*(%b{})", tagged):gsub("\\\\%s*(\\end%s*{)", "%1"):gsub("%s+$", "")
  while text:sub(-2) == "\\\\" do text = text:sub(1, -3):gsub("%s+$", "") end
  local lines = mathtype == "DisplayMath" and text:find("\\\\", 1, true) and not text:find("\\begin", 1, true)
  return lines and "\\begin{gathered}" .. text .. "\\end{gathered}" or text
end

local function math(el)
  local text = el.text:gsub("\\%a+", LOGOS):gsub("%s*\\label%s*%b{}", "")  -- which would stop the PDF
  if text ~= el.text then el = pandoc.Math(el.mathtype, text) end
  if converts(el) then return el end
  local other = pandoc.Math(el.mathtype, simpler(el.text, el.mathtype))
  if converts(other) then return other end
  local first = el.text:match("[^\r\n]*%S[^\r\n]*") or ""
  say("error", "math", "the formula `" .. first .. "` cannot be converted", "correct its TeX", first)
  return pandoc.Code(el.text)
end

local function equation(span)
  if state.format == "typst" and span.identifier ~= "" and #span.content == 0 then
    span.content = { pandoc.RawInline("typst", "#metadata(none)") }  -- else what stands before has the name too
    return span
  end
  if not span.classes:includes("equation") then return nil end
  local number = span.attributes["data-number"]
  span.attributes["data-number"] = nil
  if span.content[1].t ~= "Math" then return span end
  if state.format == "typst" then
    local body = typst_math(span.content[1])
    local said = shared.quoted(span.attributes["alt"] or spoken(body))
    span.attributes["alt"] = nil
    return pandoc.RawInline("typst", "#math.equation(block: true, numbering: _ => [(" .. number .. ")], alt: "
      .. said .. ", " .. body .. ") <" .. span.identifier .. ">")
  end
  span.content:insert(pandoc.Span({ pandoc.Str("(" .. number .. ")") }, pandoc.Attr("", { "equation-number" })))
  return span
end

local function plain_text(markdown)
  return pandoc.utils.stringify(shared.inlines(markdown, "markdown-smart-citations"))
end

-- A picture without alternative text is described by its caption.
local function described(figure)
  local caption = pandoc.utils.blocks_to_inlines(figure.caption.long):walk({
    Span = function(span) return span.classes:includes("caption-number") and {} or nil end,
  })
  local text = pandoc.utils.stringify(caption):gsub("^[: ]+", "")
  figure.content = figure.content:walk({
    traverse = "topdown",
    Figure = function(inner) return inner, false end,
    Image = function(el)
      if el.attributes["fig-alt"] or el.attributes["alt"] then return nil end
      local own = pandoc.utils.stringify(el.caption)
      if own == "" then el.caption = pandoc.Inlines({ pandoc.Str(text) }) end
      if own == "" or own == text then el.attributes["captioned"] = "true" end
      return el
    end,
  })
  return figure
end

-- Pages load nothing from elsewhere: a picture from the web is linked, but for a trusted chapter's own.
local function is_elsewhere(el)
  return not state.pictures[el.src] and (el.src:match("^%a[%w+.-]*:") or el.src:match("^//"))
end

local function image(el)
  local elsewhere = is_elsewhere(el)
  local own = elsewhere and state.trusted and state.format == "html" and el.attributes["trusted"]
    and not is_video(el.src) and not el.src:match("^data:")
  local captioned = el.attributes["captioned"]
  el.attributes["trusted"], el.attributes["captioned"] = own and "true" or nil, nil
  if elsewhere and not own then
    local said = el.attributes["fig-alt"] or el.attributes["alt"]
    local text = said and plain_text(said) or pandoc.utils.stringify(el.caption)
    local align = state.format == "html" and el.attributes["fig-align"]
    local classes = align and { "align-" .. align } or {}
    if el.attributes["linked"] then return pandoc.Str(text ~= "" and text or el.src) end
    if captioned then text = "" end  -- it stands below
    return pandoc.Link({ pandoc.Str(text ~= "" and text or el.src) }, el.src, "", pandoc.Attr("", classes))
  end
  el.attributes["linked"] = nil
  local alt = el.attributes["fig-alt"] or el.attributes["alt"]
  el.attributes["fig-alt"], el.attributes["alt"] = nil, nil
  if alt then
    el.caption = pandoc.Inlines({ pandoc.Str(plain_text(alt)) })
  else
    el.caption = pandoc.Inlines({ pandoc.Str(pandoc.utils.stringify(el.caption)) })
  end
  local placed = state.pictures[el.src]
  if state.format == "typst" and is_video(el.src) then
    local name = el.src:match("[^/]+$")
    return pandoc.Str(#el.caption > 0 and pandoc.utils.stringify(el.caption) or name)
  end
  if placed then
    el.src = placed
  elseif state.format == "typst" and not el.src:match("^data:") then
    return el.caption  -- there is no such picture
  end
  if state.format == "typst" and el.attributes["width"] then el.attributes["height"] = nil end
  local chart = el.attributes["data-chart"]
  if chart then
    local path = state.offset == "." and chart:sub(2) or state.offset .. chart
    el.attributes["data-chart"] = state.format == "html" and path or nil
  end
  local narrow = el.attributes["data-narrow"]
  if narrow then
    local path = state.offset == "." and narrow:sub(2) or state.offset .. narrow
    el.attributes["data-narrow"] = state.format == "html" and path or nil
  end
  local align = el.attributes["fig-align"]
  el.attributes["fig-align"] = nil
  if align and state.format == "html" then el.classes:insert("align-" .. align) end
  return el
end

-- A link holds no other: a picture in it that is elsewhere is its words alone.
local function linked(link)
  if shared.is_bare(link.content) then return nil end
  link.content = link.content:walk({ Image = function(el)
    el.attributes["linked"] = "true"
    return el
  end })
  return link
end

-- Quotation marks as text, so that both formats show the same.
local function quoted(el)
  local marks = el.quotetype == "SingleQuote" and { "‘", "’" } or { "“", "”" }
  local out = pandoc.Inlines({ pandoc.Str(marks[1]) })
  out:extend(el.content)
  out:insert(pandoc.Str(marks[2]))
  return out
end

local function citation(cite)
  local keys = {}
  for index, item in ipairs(cite.citations) do keys[index] = item.id end
  return pandoc.Span(cite.content, pandoc.Attr("", { "citation" }, { ["data-cites"] = table.concat(keys, " ") }))
end

-- A heading's number is text, so that both formats, the outline and the table of contents say the same.
local function heading(header)
  local number = header.attributes["data-number"]
  if not number then return nil end
  header.attributes["data-number"] = nil
  if header.level == 1 then
    if state.format == "html" or not state.number then return header end
    if state.appendix then
      number = state.names["apx-title"] .. " " .. number .. " —"
    end
  end
  header.content:insert(1, pandoc.Space())
  header.content:insert(1, pandoc.Span({ pandoc.Str(number) }, pandoc.Attr("", { "header-section-number" })))
  return header
end

local function beside(el)
  if state.format ~= "typst" then return nil end
  local out = pandoc.Blocks({ raw("typst", "#beside[") })
  out:insert(el.identifier ~= "" and pandoc.Div(el.content, pandoc.Attr(el.identifier)) or pandoc.Div(el.content))
  out:insert(raw("typst", "]"))
  return out
end

local function div(el)
  if el.classes:includes("callout") then return callout(el) end
  if el.classes:includes("tab-title") then return tab_title(el) end
  if el.classes:includes("layout") then return layout(el) end
  if el.classes:includes("column-margin") then return beside(el) end
end

-- A dash between spaces ends a line and begins none, as printers set it.
local function dashes(inlines)
  local changed = false
  for at = 2, #inlines do
    local dash, before = inlines[at], inlines[at - 1]
    if dash.t == "Str" and (dash.text == "—" or dash.text == "–") and (before.t == "Space" or before.t == "SoftBreak") then
      inlines[at - 1] = pandoc.Str("\u{a0}")
      changed = true
    end
  end
  return changed and inlines or nil
end

local function plain_float(el)
  el.attributes["cap-location"] = nil
  return el
end

return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    doc.blocks = doc.blocks:filter(function(block)
      return not (block.t == "Div" and block.classes:includes("tieout-cited"))
    end)
    doc.blocks = doc.blocks:walk({ Figure = described, Math = math })
    if shared.any(doc.blocks, "Image", is_elsewhere) then doc.blocks = doc.blocks:walk({ Link = linked }) end
    doc.blocks = doc.blocks:walk({ Span = equation, Image = image, Cite = citation, Quoted = quoted, CodeBlock = code, Header = heading })
    if state.format == "typst" then doc.blocks = doc.blocks:walk({ Math = for_typst }) end
    doc.blocks = doc.blocks:walk({ Div = div, Inlines = dashes })
    if state.format ~= "html" then doc.blocks = doc.blocks:walk({ Figure = plain_float, Table = plain_float }) end
    hand_over(doc.meta)
    return doc
  end },
}
