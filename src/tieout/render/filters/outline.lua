-- Writes the chapter's title and its headings into the metadata, as HTML and as plain text, for tables of contents.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))

local function is_number(el)
  return el.t == "Span" and el.classes:includes("header-section-number")
end

-- A heading in a table of contents is a link itself: it keeps its words and loses links and notes.
local function bare(inlines)
  return inlines:walk({
    Link = function(link) return link.content end,
    Note = function() return {} end,
    Image = function(image) return image.caption end,
    Span = function(span)
      if is_number(span) then return {} end
      span.identifier = ""
      return span
    end,
  })
end

-- Over its page the chapter's title keeps its ties, so that their numbers can be followed there too.
local function titled(inlines)
  return inlines:walk({
    Link = function(link) return link.classes:includes("tie") and link or link.content end,
    Note = function() return {} end,
    Image = function(image) return image.caption end,
    Span = function(span) return not is_number(span) and span or {} end,
  })
end

local function trimmed(inlines)
  while inlines[1] and inlines[1].t == "Space" do inlines:remove(1) end
  return inlines
end

local function html(inlines)
  local options = pandoc.WriterOptions({ html_math_method = "mathml", wrap_text = "wrap-none" })
  local text = pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), "html", options)
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

local function entry(header, number)
  local content = trimmed(bare(header.content))
  local numbered = header.content[1]
  if not number and numbered and is_number(numbered) then number = pandoc.utils.stringify(numbered) end
  local words = html(content)
  local same = shared.is_bare(header.content:filter(function(el) return not is_number(el) end))
  return {
    id = pandoc.MetaString(header.identifier),
    level = pandoc.MetaString(tostring(header.level)),
    number = pandoc.MetaString(number or ""),
    html = pandoc.MetaString(words),
    tied = pandoc.MetaString(header.classes:includes("untitled") and ""
      or same and words or html(trimmed(titled(header.content)))),
    plain = pandoc.MetaString(pandoc.utils.stringify(content)),
    unlisted = pandoc.MetaBool(header.classes:includes("unlisted")),
  }
end

return {
  { Pandoc = function(doc)
    local list = pandoc.List({})
    doc.blocks:walk({ Header = function(header)
      list:insert(entry(header, header.attributes["data-number"]))
    end })
    doc.meta["tieout-outline"] = list
    return doc
  end },
}
