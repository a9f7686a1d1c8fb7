-- Takes out what is meant for another format, and code of other formats. What is hidden leaves its labels behind, so
-- that a reference to it is known to lead to nothing here.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local state
local hidden = pandoc.List({})
local heading  -- the first that is hidden, which may be the chapter's title

local ALIASES = {
  html = { "html", "html4", "html5", "html:js" },
  typst = { "typst", "pdf" },
}

local function is_format(name)
  for _, alias in ipairs(ALIASES[state.format] or {}) do
    if alias == name then return true end
  end
  return false
end

local function has_meta(path)
  local value = state.metadata
  for part in path:gmatch("[^.]+") do
    if type(value) ~= "table" then return false end
    value = value[part]
  end
  return value ~= nil and value ~= false and value ~= "false"
end

local function is_profile(name)
  local active = type(state.metadata) == "table" and state.metadata.profile or {}
  return type(active) == "table" and pandoc.List(active):includes(name)
end

local CONDITIONS = { format = is_format, meta = has_meta, profile = is_profile }

-- Of several values of one key any will do; several keys have to hold together.
local function holds(attributes)
  local found = {}
  for name, value in pairs(attributes) do
    local word, what = name:match("^(%a+)%-(%a+)$")
    if CONDITIONS[what] and (word == "when" or word == "unless") then
      found[name] = found[name] or CONDITIONS[what](value)
    end
  end
  for name, fits in pairs(found) do
    if fits ~= (name:sub(1, 5) == "when-") then return false end
  end
  return true
end

local function take_conditions(el)
  el.classes = el.classes:filter(function(name) return name ~= "content-visible" and name ~= "content-hidden" end)
  local kept = {}
  for name, value in pairs(el.attributes) do
    if not name:match("^when%-%a+$") and not name:match("^unless%-%a+$") then kept[#kept + 1] = { name, value } end
  end
  el.attributes = kept
  return el
end

local function note_labels(el)
  local function note(part)
    if part.identifier ~= "" then hidden:insert(pandoc.MetaString(part.identifier)) end
  end
  pandoc.Blocks({ el.t == "Span" and pandoc.Plain({ el }) or el }):walk({
    Div = note, Span = note, CodeBlock = note, Figure = note, Table = note, Image = note,
    Header = function(header)
      heading = heading or header
      note(header)
    end,
    Str = function(str)
      local id = str.text:match("^{#(eq%-[^ }]+)")
      if id then hidden:insert(pandoc.MetaString(id)) end
    end,
  })
end

-- Uses are counted as the sources have them, in pages and on paper alike: what is hidden leaves its ties' names behind.
local function passed(el)
  local keys = pandoc.List({})
  pandoc.Blocks({ el.t == "Span" and pandoc.Plain({ el }) or el }):walk({
    traverse = "topdown",
    Image = function(image) return image, false end,
    Link = function(link)
      if link.target:sub(1, 4) == "tie:" then keys:insert(link.target:sub(5)) end
    end,
  })
  if #keys == 0 then return {} end
  local attributes = pandoc.Attr("", { "tieout-passed" }, { ties = table.concat(keys, " ") })
  return (el.t == "Span" and pandoc.Span or pandoc.Div)({}, attributes), false
end

-- A part that says nothing else of itself makes room for what it holds.
local function conditional(el)
  local visible = el.classes:includes("content-visible")
  if not (visible or el.classes:includes("content-hidden")) then return nil end
  if holds(el.attributes) ~= visible then
    note_labels(el)
    return passed(el)
  end
  take_conditions(el)
  if el.t ~= "CodeBlock" and el.identifier == "" and #el.classes == 0 then return el.content end
  return el
end

-- A raw table of HTML is a table of both formats, unless it is wanted as it is or holds more than text.
local function raw_table(el)
  local text = el.text:lower()
  if el.t ~= "RawBlock" or el.format ~= "html" or state.html_tables == "none"
    or not text:match("^%s*<table[%s>].*</table>%s*$") or text:find("data-quarto-disable-processing", 1, true) then
    return nil
  end
  for _, tag in ipairs({ "<img", "<svg", "<script", "<style", "<input", "<button", "<iframe" }) do
    if text:find(tag, 1, true) then return nil end
  end
  local read, doc = pcall(pandoc.read, el.text, "html")
  return read and #doc.blocks == 1 and doc.blocks[1].t == "Table" and doc.blocks or nil
end

-- `::: {html-table-processing="none"}`: another name of the same format keeps its tables as they are.
local function left_alone(div)
  if div.attributes["html-table-processing"] ~= "none" then return div end
  div.attributes["html-table-processing"] = nil
  return div:walk({ RawBlock = function(el)
    if el.format == "html" then el.format = "html5" end
    return el
  end })
end

local SCHEMES = { http = true, https = true, mailto = true }

-- Whether an address of raw HTML leads into the site, or elsewhere by a scheme that runs nothing.
local function leads(address, elsewhere)
  if address == "" or address:find("^//") or address:find("[%c\\]") then return false end
  local before = address:match("^[^/?#]*")
  if not before:find(":", 1, true) then return true end
  local scheme = before:match("^(%a[%w+.-]*):")
  return elsewhere and scheme ~= nil and SCHEMES[scheme:lower()] == true
end

-- Whether raw HTML is made what Markdown has for it: a page has as it stands what a trusted chapter says.
local function is_taken(el)
  return el.format == "html" or (state.format == "typst" and el.format:match("^html") ~= nil)
end

local function read_inline(html)
  return pandoc.utils.blocks_to_inlines(pandoc.read(html, "html").blocks)[1]
end

-- Raw text of others may turn out to hold such a link.
local function may_link(el)
  return el.format:match("^pandoc%-reader%-") ~= nil or (is_taken(el) and el.text:match("^<[Aa]%s") ~= nil)
end

-- `<a href="…">words</a>` is a link like others, which may lead to a chapter, and which a PDF has too.
local function raw_links(inlines)
  local out, opening, at = pandoc.Inlines({}), nil, 0
  for _, el in ipairs(inlines) do
    out:insert(el)
    local raw = el.t == "RawInline" and is_taken(el) and el.text:lower() or ""
    if raw:match("^<a%s[^<>]*href[^<>]*>$") then
      opening, at = el.text, #out
    elseif raw == "</a>" and opening then
      local link = read_inline(opening .. "x</a>")
      if link and link.t == "Link" and leads(link.target, true) then
        local words = pandoc.Inlines({})
        for index = at + 1, #out - 1 do words:insert(out[index]) end
        for _ = at, #out do out:remove() end
        out:insert(pandoc.Link(words, link.target, link.title, pandoc.Attr(link.identifier, link.classes)))
      end
      opening = nil
    elseif el.t == "Link" then
      opening = nil
    end
  end
  return out
end

-- `<img src="…">`, as JupyterLab's users write it to give a width, is in a PDF too; pages have it as it stands. One
-- from the web is what `![](…)` is: a link.
local function raw_picture(el)
  local tag = is_taken(el) and el.text:match("^%s*(<[Ii][Mm][Gg]%s[^<>]*>)%s*$")
  local image = tag and read_inline(tag)
  if not image or image.t ~= "Image" then return nil end
  local is_web = image.src:match("^https?://") and not state.trusted
  if not is_web and (state.format ~= "typst" or not leads(image.src, false)) then return nil end
  local kept = pandoc.Image({}, image.src, image.title)
  for _, key in ipairs({ "width", "height" }) do kept.attributes[key] = image.attributes[key] end
  if #image.caption > 0 then kept.attributes["alt"] = pandoc.utils.stringify(image.caption) end
  return el.t == "RawBlock" and pandoc.Para({ kept }) or kept
end

-- Text of another format that pandoc reads becomes part of the chapter.
local function foreign(el)
  local reader = el.format:match("^pandoc%-reader%-(.+)$")
  if reader then
    local read, doc = pcall(pandoc.read, el.text, reader)
    if not read then return {} end
    return el.t == "RawBlock" and doc.blocks or pandoc.utils.blocks_to_inlines(doc.blocks)
  end
  local tables = raw_table(el)
  if tables then return tables end
  local picture = raw_picture(el)
  if picture then return picture end
  if el.format:match("^html") then
    if state.format ~= "html" then return {} end
  elseif el.format ~= state.format then
    return {}
  end
end

local function is_pagebreak(span)
  return span.classes:includes("tieout-pagebreak")
end

local function pagebreak(el)
  if not (#el.content == 1 and el.content[1].t == "Span" and is_pagebreak(el.content[1])) then return nil end
  if state.format == "typst" then return shared.raw("typst", "#pagebreak(weak: true)") end
  return pandoc.Div({}, pandoc.Attr("", { "page-break" }))
end

return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    local links = shared.any(doc.blocks, "RawInline", may_link) or shared.any(doc.blocks, "RawBlock", may_link)
    local breaks = shared.any(doc.blocks, "Span", is_pagebreak)
    doc.blocks = doc.blocks:walk({
      traverse = "topdown",
      Div = function(div)
        local kept, further = conditional(div)
        if kept then return kept, further end
        return left_alone(div)
      end,
      Inlines = links and raw_links or nil, Span = conditional, CodeBlock = conditional,
      RawBlock = foreign, RawInline = foreign, Para = breaks and pagebreak or nil,
    })
    doc.meta["tieout-hidden"] = hidden
    doc.meta["tieout-title"] = heading and pandoc.MetaBlocks({ heading })
    return doc
  end },
}
