-- Prepares a chapter for Typst: pictures with their alternative text, places of uses that links reach, the ledger
-- in small type. Identifiers arrive unique in the book, and links aim at those that exist.

local function raw(text)
  return pandoc.RawInline("typst", text)
end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

-- Typst knows sizes such as `50%` and `5cm`; a bare number is pixels of 1/96 inch.
local function size(value)
  local number, unit = (value or ""):match("^([%d.]+)(%%?%a*)$")
  if not number then return nil end
  if unit == "" or unit == "px" then return string.format("%.2fpt", tonumber(number) * 0.75) end
  return number .. unit
end

-- What a picture of dots is, is seen in the file: its name may say another form, at which Typst would stop.
local function picture(image)
  local source = quoted(image.src)
  if not image.src:match("%.svg$") then source = "read(" .. source .. ", encoding: none)" end
  local options = { source, "alt: " .. quoted(pandoc.utils.stringify(image.caption)) }
  local width, height = size(image.attributes.width), size(image.attributes.height)
  if width then options[#options + 1] = "width: " .. width end
  if height then options[#options + 1] = "height: " .. height end
  return options
end

local function inline_picture(image)
  return raw("#box(image(" .. table.concat(picture(image), ", ") .. "))")
end

-- A picture that stands alone shrinks to the room there is.
local function block_picture(block)
  local image = #block.content == 1 and block.content[1]
  if not image or image.t ~= "Image" then return nil end
  return pandoc.Plain({ raw("#picture(" .. table.concat(picture(image), ", ") .. ")") })
end

local function is_use(el)
  return el.classes:includes("tie") and el.identifier ~= ""
end

-- Takes the identifier off a tie and gives it its look: a number is underlined, a name is not.
local function bare(el)
  el.identifier = ""
  if el.classes:includes("tie-word") then return el end
  el.content:insert(1, raw("#tie["))
  el.content:insert(raw("]"))
  return el
end

local function place(id)
  return '#metadata(none)#label("' .. id .. '")'
end

-- Pandoc leaves out a link's identifier. Its place follows the first word: one before it might be left on the page
-- before, and one behind the last may be on the page after.
local function link(el)
  if not is_use(el) then return nil end
  el.content:insert(2, raw(place(el.identifier)))
  return bare(el)
end

-- In a heading a label would end it, and be there again wherever it is repeated: the places of its ties follow it.
local function header(el)
  local out = pandoc.Blocks({})
  el.content = el.content:walk({ Link = function(inner)
    if not is_use(inner) then return nil end
    out:insert(pandoc.RawBlock("typst", place(inner.identifier)))
    return bare(inner)
  end })
  -- A chapter stands in the contents whatever it says: without it, its sections would be the last one's.
  if el.level == 1 then el.classes = el.classes:filter(function(name) return name ~= "unlisted" end) end
  out:insert(1, el)
  return out
end

local function within(name, blocks)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#" .. name .. "[") })
  out:extend(blocks)
  out:insert(pandoc.RawBlock("typst", "]"))
  return out
end

-- Terms and what they say, beside each other.
local function fields(list)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#v(1em, weak: true)") })
  for _, item in ipairs(list.content) do
    local content = pandoc.Inlines({ raw("#entry-field[") })
    content:extend(item[1])
    content:insert(raw("]["))
    content:extend(pandoc.utils.blocks_to_inlines(item[2][1]))
    content:insert(raw("]"))
    out:insert(pandoc.Plain(content))
  end
  return out
end

-- Key figures and the lines of chapters begin with what they are about: the site sets it apart, paper in bold.
local function led(list)
  for _, item in ipairs(list.content) do
    local first = item[1]
    if first and first.content and #first.content > 0 then
      first.content[1] = pandoc.Strong({ first.content[1] })
    end
  end
  return list
end

-- Key figures are cards; where they are more than one list, they stay lists.
local function cards(el)
  local list = #el.content == 1 and el.content[1]
  if not list or list.t ~= "BulletList" then return el:walk({ BulletList = led }) end
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#key-figures(") })
  for _, item in ipairs(led(list).content) do
    out:insert(pandoc.RawBlock("typst", "["))
    out:extend(item)
    out:insert(pandoc.RawBlock("typst", "],"))
  end
  out:insert(pandoc.RawBlock("typst", ")"))
  return out
end

local function is_bare(el)
  return el.identifier == "" and #el.attributes == 0 and (el.classes:includes("cell") or el.classes:includes("cell-output"))
end

local function div(el)
  if el.classes:includes("headline") then return within("headline", el.content) end
  if el.classes:includes("key-figures") then return cards(el) end
  if el.classes:includes("chapter-lines") then return el:walk({ BulletList = led }) end
  -- A block would take the room above headings, and around the figure or table that a cell has made.
  if el.classes:includes("tieout-findings") or is_bare(el) then return el.content end
  if el.classes:includes("finding") then
    return el.content:walk({ DefinitionList = fields })
  end
  if el.identifier == "refs" then
    el.classes = {}
    return within("works", { el })
  end
end

-- How many letters the longest word of each column has.
local function longest_words(el)
  local found = {}
  local sections = { el.head.rows }
  for _, body in ipairs(el.bodies) do sections[#sections + 1] = body.body end
  for _, rows in ipairs(sections) do
    for _, row in ipairs(rows) do
      for place, cell in ipairs(row.cells) do
        for word in pandoc.utils.stringify(cell.contents):gmatch("%S+") do
          found[place] = math.max(found[place] or 0, utf8.len(word) or #word)
        end
      end
    end
  end
  return found
end

-- Widths that pandoc takes from the dashes of a long line, and in which a word has no room, are left to Typst.
local LETTERS = 80 -- in a line of a table
local function at_ease(el)
  for place, long in pairs(longest_words(el)) do
    local width = el.colspecs[place] and el.colspecs[place][2]
    if width and long + 2 > width * LETTERS then
      el.colspecs = el.colspecs:map(function(spec) return { spec[1], nil } end)
      return
    end
  end
end

-- A cell of a table's body that says nothing has a dash: on paper an empty one looks forgotten. The corner of a table
-- without a head stands above its first column, as in the summary of a model, and is no such cell.
local function dashed(el)
  if #el.colspecs == 0 then return {} end -- of which Typst reads no row
  at_ease(el)
  for at, body in ipairs(el.bodies) do
    for down, row in ipairs(body.body) do
      for along, cell in ipairs(row.cells) do
        local corner = #el.head.rows == 0 and at == 1 and down == 1 and along == 1
        if not corner and #pandoc.utils.blocks_to_inlines(cell.contents) == 0 then cell.contents = { pandoc.Plain({ pandoc.Str("–") }) } end
      end
    end
  end
  return el
end

local CALLS = pandoc.List({
  "Cite", "Emph", "Image", "Link", "Note", "SmallCaps", "Span", "Strikeout", "Strong", "Subscript", "Superscript",
  "Underline",
})

local function follows(str)
  return str.text:match("^%.[%a_]") ~= nil
end

-- `#emph[a].txt` would ask Typst for a field of what is emphasised: a semicolon ends the call, and is not shown.
local function ended(inlines)
  for index = #inlines - 1, 1, -1 do
    local el, after = inlines[index], inlines[index + 1]
    local calls = CALLS:includes(el.t) or (el.t == "RawInline" and el.format == "typst" and el.text:match("[%])]$"))
    if calls and after.t == "Str" and follows(after) then inlines:insert(index + 1, raw(";")) end
  end
  return inlines
end

return {
  { Table = dashed, Header = header, Para = block_picture, Plain = block_picture },
  { Link = link, Image = inline_picture, Div = div },
  { Pandoc = function(doc)
    local found = false
    doc.blocks:walk({ Str = function(str) found = found or follows(str) end })
    if not found then return nil end -- to hand on all text takes longer than this question
    doc.blocks = doc.blocks:walk({ Inlines = ended })
    return doc
  end },
}
