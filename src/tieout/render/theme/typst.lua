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

-- Drawings are brought along as PDF, with their fonts in them.
local function picture(image)
  local path = image.src:gsub("%.svg$", ".pdf")
  local options = { quoted(path), "alt: " .. quoted(pandoc.utils.stringify(image.caption)) }
  local width, height = size(image.attributes.width), size(image.attributes.height)
  if width then options[#options + 1] = "width: " .. width end
  if height then options[#options + 1] = "height: " .. height end
  return raw("#box(image(" .. table.concat(options, ", ") .. "))")
end

-- Pandoc leaves out a link's identifier: a span around it keeps the place.
local function link(el)
  if not el.classes:includes("tie") or el.identifier == "" then return nil end
  local place = pandoc.Attr(el.identifier)
  el.identifier = ""
  el.content:insert(1, raw("#tie["))
  el.content:insert(raw("]"))
  return pandoc.Span({ el }, place)
end

local function within(name, blocks)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#" .. name .. "[") })
  out:extend(blocks)
  out:insert(pandoc.RawBlock("typst", "]"))
  return out
end

local function div(el)
  if el.classes:includes("ledger-entry") then return el.content end
  if el.classes:includes("tieout-ledger") then return within("ledger", el.content) end
  if el.identifier == "refs" then
    el.classes = {}
    return within("works", { el })
  end
end

return { { Link = link, Image = picture, Div = div } }
