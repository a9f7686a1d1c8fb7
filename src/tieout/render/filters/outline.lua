-- Writes the chapter's title and its listed headings into the metadata, as HTML and as plain text, for tables of contents.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))

local function is_number(el)
  return el.t == "Span" and el.classes:includes("header-section-number")
end

local LANGUAGE = { lang = true, dir = true }
local PLAIN = pandoc.List({ "b", "code", "em", "i", "kbd", "strong", "sub", "sup" })

-- A heading in a table of contents is a link itself: it keeps its words and loses links, notes and its own look.
local function bare(inlines)
  return inlines:walk({
    Link = function(link) return link.content end,
    Note = function() return {} end,
    Image = function(image) return image.caption end,
    Span = function(span)
      if is_number(span) then return {} end
      span.identifier = ""
      local kept = {}
      for key, value in pairs(span.attributes) do
        if LANGUAGE[key] then kept[key] = value end
      end
      span.attributes = kept
      return span
    end,
    RawInline = function(raw)
      return raw.format == "html" and not PLAIN:includes(raw.text:match("^</?(%a+)>$")) and {} or nil
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

-- Words alone need no writer, which takes longer than all else here.
local function is_plain(inlines)
  return not inlines:find_if(function(each)
    return each.t ~= "Space" and (each.t ~= "Str" or each.text:find("[^%w.,:;()-]"))
  end)
end

local function html(inlines)
  if is_plain(inlines) then return pandoc.utils.stringify(inlines) end
  local options = pandoc.WriterOptions({ html_math_method = "mathml", wrap_text = "wrap-none" })
  local text = pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), "html", options)
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

-- Of the first, which is the title, it says how it reads with its ties too.
local function entry(header, is_first)
  local number = header.attributes["data-number"]
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
    tied = pandoc.MetaString((not is_first or header.classes:includes("untitled")) and ""
      or same and words or html(trimmed(titled(header.content)))),
    plain = pandoc.MetaString(pandoc.utils.stringify(content)),
    unlisted = pandoc.MetaBool(header.classes:includes("unlisted")),
  }
end

return {
  { Pandoc = function(doc)
    local list = pandoc.List({})
    doc.blocks:walk({ Header = function(header)
      local is_first = #list == 0
      if is_first or not header.classes:includes("unlisted") then list:insert(entry(header, is_first)) end
    end })
    doc.meta["tieout-outline"] = list
    return doc
  end },
}
