-- Ties: what `[shown](tie:ID[:column])` becomes, in text, in attributes and in metadata, by the ledger.
--
-- A module of the filters beside it. `set_up` reads the ledger; what is wrong is collected in `problems`.

local stringify = pandoc.utils.stringify

-- What a filter may set: `appendix` fills the chapters of ledger and findings; `again` leaves out what the first run
-- has done to whole chapters, for a second one that looks after ties which came later.
local M = { appendix = nil, again = false }

local ledger, entries, findings = nil, {}, {}
local doubtful = {} -- the first finding about each reference that has one, by its key
local offset, typst = ".", false
local problems, seen, uses = {}, {}, {}
local missing = "" -- why there is no ledger; said where a tie asks for it

local function problem(what, id, hint)
  local key = what .. (id or "")
  if seen[key] then return end
  seen[key] = true
  problems[#problems + 1] = { what = what, id = id or "", hint = hint or "" }
end

-- Setting up -------------------------------------------------------------------------------------------------------

local function ledger_path(meta)
  if meta["tieout-ledger"] then return stringify(meta["tieout-ledger"]) end
  local named = os.getenv("TIEOUT_LEDGER")
  if named and named ~= "" then return named end
  local root = quarto and quarto.project and quarto.project.directory or "."
  for profile in (os.getenv("QUARTO_PROFILE") or ""):gmatch("[^,%s]+") do -- an edition has its own
    local own = pandoc.path.join({ root, ".tieout", profile, "ledger.json" })
    local file = io.open(own, "r")
    if file then
      file:close()
      return own
    end
  end
  return pandoc.path.join({ root, ".tieout", "ledger.json" })
end

-- What the interface says in the language of the ledger, by its English text.
local words = {}
local function say(text)
  local said = words[text]
  return type(said) == "string" and said or text
end

local function read_words(lang)
  local name = "words-" .. (lang:match("^%a+") or "en"):lower() .. ".json"
  local path = quarto and quarto.utils.resolve_path(name)
    or pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), name })
  local file = io.open(path, "r")
  if not file then return {} end
  local read, decoded = pcall(pandoc.json.decode, file:read("a"), false)
  file:close()
  return read and type(decoded) == "table" and decoded or {}
end

local folder = "" -- where the ledger is, and the charts beside it

local function is_typst(meta)
  if meta["tieout-format"] then return stringify(meta["tieout-format"]) == "typst" end
  if quarto then return quarto.doc.is_format("typst") end
  return FORMAT == "typst"
end

local function set_up(meta)
  typst = is_typst(meta)
  if meta["tieout-offset"] then
    offset = stringify(meta["tieout-offset"])
  elseif quarto and quarto.project and quarto.project.offset then
    offset = quarto.project.offset
  end
  local path = ledger_path(meta)
  folder = pandoc.path.directory(path)
  local file = io.open(path, "r")
  if not file then
    missing = "there is no ledger at " .. path
    return
  end
  local read, decoded = pcall(pandoc.json.decode, file:read("a"), false)
  file:close()
  if not read or type(decoded) ~= "table" or type(decoded.entries) ~= "table" then
    missing = "the ledger at " .. path .. " cannot be read"
    return
  end
  ledger = decoded
  words = read_words(type(ledger.lang) == "string" and ledger.lang or "en")
  for _, entry in ipairs(ledger.entries) do entries[entry.id] = entry end
  for _, finding in ipairs(ledger.findings or {}) do
    findings[finding.id] = finding
    for _, key in ipairs(finding.works or {}) do doubtful[key] = doubtful[key] or finding.id end
  end
end

-- What a tie shows -------------------------------------------------------------------------------------------------

-- A column's text as readers see it; `year` is the period, whose two ends are joined by an en dash.
local function cell_text(entry, column)
  if column == "year" then column = "period" end
  local text = type(entry.cells) == "table" and entry.cells[column] or nil
  if type(text) ~= "string" then return nil end
  if column == "period" then return (text:gsub("/", "–")) end
  return text
end

-- The entry and the column that a target names: ids hold no colon.
local function resolve(target)
  local id, column = target:match("^tie:([^:]+):?(.*)$")
  if not id then
    problem("a tie without an id: " .. target, nil, "write tie:ID or tie:ID:column")
    return nil
  end
  local entry = entries[id]
  if not ledger then
    problem(missing, nil, "run `tieout ledger` in the project's folder")
    return nil
  elseif not entry then
    problem("no ledger entry is called " .. id, id, "`tieout show " .. id .. "` names near ones")
    return nil
  end
  if column == "" or column == "value" then return entry, id, nil end
  if not cell_text(entry, column) then
    problem(id .. " has no column " .. column, id, "columns are those of its row in the data package")
    return nil
  end
  return entry, id, column
end

local function display(entry, column)
  if column then return cell_text(entry, column) end
  return entry.display ~= "" and entry.display or entry.value
end

local function inlines_of(text)
  local out = pandoc.Inlines({})
  for word in tostring(text):gmatch("%S+") do
    if #out > 0 then out:insert(pandoc.Space()) end
    out:insert(pandoc.Str(word))
  end
  return out
end

local function escape(text)
  return (tostring(text):gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function page_link(page, anchor)
  if typst then return "#" .. anchor end
  return offset .. "/" .. page .. "#" .. anchor
end

-- The machine's value: every digit, in the entry's unit; the text where it is no number.
local function machine_value(entry, column)
  return column and cell_text(entry, column) or entry.value
end

local function mark(out, target, sign, class, said)
  local link = pandoc.Link({ pandoc.Str(sign) }, target, "", pandoc.Attr("", { class .. "-link" }))
  if typst then
    out:insert(pandoc.Superscript({ link }))
    return
  end
  link.attributes["aria-label"] = said
  out:insert(pandoc.RawInline("html", '<sup class="' .. class .. '">'))
  out:insert(link)
  out:insert(pandoc.RawInline("html", "</sup>"))
end

-- The mark that follows a citation: a finding concerns the reference, and no number.
local function cited(cite)
  if M.again or not ledger or type(ledger.findings_page) ~= "string" then return nil end
  for _, citation in ipairs(cite.citations) do
    local id = doubtful[citation.id]
    if id then
      local out = pandoc.Inlines({ cite })
      mark(out, page_link(ledger.findings_page, id), "‡", "cite-finding", say("A finding concerns this reference"))
      return out, false
    end
  end
end

-- The marks that follow a number: a finding concerns it, or it is an assumption of the report's own.
local function marks(entry)
  local out = pandoc.Inlines({})
  local page = ledger.findings_page
  for _, id in ipairs(type(entry.findings) == "table" and entry.findings or {}) do
    if findings[id] and findings[id].kind ~= "reference" and type(page) == "string" then
      mark(out, page_link(page, id), "†", "tie-finding", say("A finding concerns this number"))
      break
    end
  end
  if entry.kind == "assumed" then
    if typst then
      out:insert(pandoc.Superscript({ pandoc.Str("*") }))
    else
      out:insert(pandoc.RawInline("html", '<sup class="tie-assumed-mark" title="' .. say("assumed by this report") .. '">*</sup>'))
    end
  end
  return out
end

-- A short number stays in one line with its unit: `$2.5 billion`, `36 million`.
local SHORT = 16
local function is_short(shown)
  local said = stringify(shown)
  return said:find("%d") and said:find(" ") and (utf8.len(said) or SHORT + 1) <= SHORT
end

-- On paper a short form is neither broken nor hyphenated: *193 minutes*.
local function unbroken(shown)
  local space = function() return pandoc.Str("\u{a0}") end
  local out = shown:walk({ Space = space, SoftBreak = space })
  out:insert(1, pandoc.RawInline("typst", "#text(hyphenate: false)["))
  out:insert(pandoc.RawInline("typst", "]"))
  return out
end

-- A tie as a link into the ledger, with its anchor, its value for machines and its marks.
local function tie(link, marked)
  local entry, id, column = resolve(link.target)
  if not entry then return link.content end
  local shown = link.content
  if stringify(shown) == "" then shown = inlines_of(display(entry, column)) end
  local key = column and (id .. ":" .. column) or id
  uses[key] = (uses[key] or 0) + 1
  local anchor = "use-" .. key .. "-" .. uses[key]
  local classes = { "tie" }
  if entry.kind == "assumed" then classes[2] = "tie-assumed" end
  -- What ties a number shows one, in words too (*twice*, *six years*); a name or a place is none.
  local is_number = not column and type(entry.number) == "number"
  if not is_number and not stringify(shown):find("%d") then classes[#classes + 1] = "tie-word" end
  local out = pandoc.Inlines({})
  if is_short(shown) then
    classes[#classes + 1] = "tie-short"
    if typst then shown = unbroken(shown) end
  end
  if not typst then
    shown = shown:clone()
    shown:insert(1, pandoc.RawInline("html", '<data value="' .. escape(machine_value(entry, column)) .. '">'))
    shown:insert(pandoc.RawInline("html", "</data>"))
  end
  local attributes = pandoc.Attr(anchor, classes, { ["data-tie"] = key })
  if type(ledger.ledger_page) == "string" then
    out:insert(pandoc.Link(shown, page_link(ledger.ledger_page, id), "", attributes))
  else -- the book lists its entries nowhere
    out:insert(pandoc.Span(shown, attributes))
  end
  if marked and not column then out:extend(marks(entry)) end
  return out
end

-- Walking the document ---------------------------------------------------------------------------------------------

local function plain(content)
  return content:walk({
    Link = function(link)
      if link.target:sub(1, 4) ~= "tie:" then return nil end
      local entry, _, column = resolve(link.target)
      if entry and stringify(link.content) == "" then return inlines_of(display(entry, column)) end
      return link.content
    end,
  })
end

-- Attributes are strings that may hold Markdown; only those with a tie are read as such.
local PLAIN_ATTRIBUTES = { "fig-alt", "alt", "title", "aria-label", "data-fig-alt" }
local function resolve_attributes(element)
  local changed = false
  for _, name in ipairs(PLAIN_ATTRIBUTES) do
    local text = element.attributes[name]
    if text and text:find("tie:", 1, true) then
      local parsed = pandoc.read(text, "markdown-tex_math_dollars-citations-smart")
      element.attributes[name] = stringify(plain(pandoc.utils.blocks_to_inlines(parsed.blocks)))
      changed = true
    end
  end
  return changed
end

-- A callout's title is text of the page: as a heading in it, which is another way to write it, it keeps its ties.
local function title_as_heading(div)
  local title = div.attributes.title
  if not title or not title:find("tie:", 1, true) or not div.classes:find_if(function(name)
    return name:match("^callout%-") ~= nil
  end) then return end
  local parsed = pandoc.read(title, "markdown-tex_math_dollars-citations-smart")
  div.content:insert(1, pandoc.Header(2, pandoc.utils.blocks_to_inlines(parsed.blocks)))
  div.attributes.title = nil
end

-- What is left of a part that is hidden here: its ties count, so that those after it have one name in every format.
local function pass(el)
  if not el.classes:includes("tieout-passed") then return nil end
  for key in el.attributes.ties:gmatch("%S+") do uses[key] = (uses[key] or 0) + 1 end
  return {}
end

-- Quarto empties a div that is hidden before any filter sees it, and keeps what it was.
local function pass_emptied(div)
  if div.attributes.__quarto_custom_type ~= "ConditionalBlock" then return end
  local data = quarto._quarto and quarto._quarto.ast.resolve_custom_data(div)
  if not data or not data.original_node or #data.node.content > 0 then return end
  data.original_node:walk({
    traverse = "topdown",
    Image = function(image) return image, false end,
    Link = function(link)
      local key = link.target:match("^tie:(.+)$")
      if key then uses[key] = (uses[key] or 0) + 1 end
    end,
  })
end

local function only_ties(div)
  if not (div.t == "Div" and div.classes:includes("cell-output-display")) then return false end
  for _, block in ipairs(div.content) do
    if not (block.t == "CodeBlock" and block.text:match("^tie:")) then return false end
  end
  return #div.content > 0
end

-- What one cell prints stands in one box, though it records numbers between its lines: Quarto hands on the parts.
local function unbroken(cell)
  local out, passed = pandoc.Blocks({}), false
  for _, block in ipairs(cell.content) do
    local last = out[#out]
    local printed = block.t == "Div" and block.classes:includes("cell-output-stdout")
    if only_ties(block) then
      passed = true
    elseif printed and passed and last and last.t == "Div" and last.classes:includes("cell-output-stdout")
      and #last.content == 1 and #block.content == 1 and last.content[1].t == "CodeBlock"
      and block.content[1].t == "CodeBlock" then
      last.content[1].text = last.content[1].text .. "\n" .. block.content[1].text
    else
      out:insert(block)
      passed = false
    end
  end
  cell.content = out
end

local RECORDS = { record = true, interval = true, relate = true, assume = true }

-- Code as readers see it: without the lines that only record a number, unless notes on its lines count them.
local function without_records(code)
  if not code.classes:includes("cell-code") or code.text:find("#%s*<%d+>") then return nil end
  local kept, left = {}, false
  for line in (code.text .. "\n"):gmatch("(.-)\n") do
    local call = line:match("^t%.(%a+)%([\"'].*%)%s*$") or line:match("^tieout%.(%a+)%([\"'].*%)%s*$")
    if RECORDS[call] then left = true else kept[#kept + 1] = line end
  end
  if not left then return nil end
  code.text = table.concat(kept, "\n")
  return code.text:match("%S") and code or {}
end

-- A picture that a notebook stored with its chart beside it names the chart's script: Quarto hands on the picture alone.
local function chart_of(image)
  if not quarto or typst or not image.src:match("%.svg$") then return end
  local file = io.open(image.src, "rb")
  if not file then return end
  local text = file:read("a"):gsub("\r\n", "\n"):gsub("^%s+", ""):gsub("%s+$", "")
  file:close()
  local name = pandoc.utils.sha1(text) .. ".js"
  local chart = io.open(pandoc.path.join({ folder, "charts", name }), "rb")
  if not chart then return end
  chart:close()
  image.attributes["data-chart"] = "media/" .. name
end

local walker
walker = {
  traverse = "topdown",
  Link = function(link)
    if link.target:sub(1, 4) == "tie:" then return tie(link, true), false end
  end,
  Cite = cited,
  -- An image's own text is its alternative text, which holds no links.
  Image = function(image)
    resolve_attributes(image)
    chart_of(image)
    image.caption = plain(image.caption)
    if image.title:find("tie:", 1, true) then
      local parsed = pandoc.read(image.title, "markdown-tex_math_dollars-citations-smart")
      image.title = stringify(plain(pandoc.utils.blocks_to_inlines(parsed.blocks)))
    end
    return image, false
  end,
  -- Headings are repeated in tables of contents: they keep the tie and leave out the marks.
  Header = function(header)
    header.content = header.content:walk({
      Link = function(link)
        if link.target:sub(1, 4) == "tie:" then return tie(link, false) end
      end,
    })
    return header, false
  end,
  Div = function(div)
    local nothing = pass(div)
    if nothing then return nothing end
    if quarto then pass_emptied(div) end
    if div.classes:includes("cell") then unbroken(div) end
    if M.appendix and div.classes:includes("tieout-ledger") and ledger then
      div.content = M.appendix.ledger(ledger, findings, page_link, typst, say)
      return div, false
    elseif M.appendix and div.classes:includes("tieout-findings") and ledger then
      div.content = M.appendix.findings(ledger, entries, page_link, typst, say, function(blocks)
        return blocks:walk({
          Link = function(link)
            if link.target:sub(1, 4) == "tie:" then return tie(link, false) end
          end,
        })
      end)
      return div, false
    end
    if div.classes:includes("cell-output-display") then
      div.content = div.content:filter(function(block)
        return not (block.t == "CodeBlock" and block.text:match("^tie:"))
      end)
      if #div.content == 0 then return {}, false end
    end
    title_as_heading(div)
    resolve_attributes(div)
    return div
  end,
  CodeBlock = without_records,
  Figure = function(figure)
    if resolve_attributes(figure) then return figure end
  end,
  Span = function(span)
    local nothing = pass(span)
    if nothing then return nothing end
    if resolve_attributes(span) then return span end
  end,
}

local function resolve_meta(value)
  local kind = pandoc.utils.type(value)
  if kind == "Inlines" then return plain(value) end
  if kind == "Blocks" then
    return value:walk({ Inlines = function(content) return plain(content) end })
  end
  if kind == "table" or kind == "List" then
    for key, item in pairs(value) do value[key] = resolve_meta(item) end
  end
  return value
end


-- How often each entry is shown already, where another filter has resolved ties before.
local function count(blocks)
  blocks:walk({
    Link = function(link)
      local key, number = link.identifier:match("^use%-(.+)%-(%d+)$")
      if key then uses[key] = math.max(uses[key] or 0, tonumber(number)) end
    end,
  })
end

M.set_up, M.resolve_meta, M.resolve_attributes, M.count = set_up, resolve_meta, resolve_attributes, count
M.problems = problems
function M.words() return words end
function M.resolve(blocks) return blocks:walk(walker) end
function M.is_typst() return typst end

-- Under Quarto, whose `error` only logs, what is wrong stops the render.
function M.stop()
  if #problems == 0 then return end
  for _, item in ipairs(problems) do
    io.stderr:write("tieout: " .. item.what .. "; " .. item.hint .. "\n")
  end
  io.stderr:write("tieout: " .. #problems .. " tie(s) could not be resolved\n")
  os.exit(1)
end

return M
