-- HTML in a chapter that Quarto renders: tags that are surely harmless stay, with the attributes that are; anything
-- else is taken out of the tree and kept in a file, and a sign of its own stands for it that no text can know.
-- `render/sealing` puts into the pages what is harmless of it.

local seal = {}
local folder = os.getenv("TIEOUT_SEAL")

local function read(name)
  local file = assert(io.open(folder .. "/" .. name, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function set(names)
  local found = {}
  for _, name in ipairs(names) do found[name] = true end
  return found
end

seal.settings = pandoc.json.decode(read("settings.json"))
local tags, schemes = {}, set(seal.settings.schemes)
for name, attributes in pairs(seal.settings.tags) do
  tags[name:lower()] = {}
  for _, attribute in ipairs(attributes) do tags[name:lower()][attribute:lower()] = true end
end
local here = (os.getenv("QUARTO_DOCUMENT_PATH") or "") .. "/" .. (os.getenv("QUARTO_DOCUMENT_FILE") or "")
local own = seal.settings.trusted[here]

function seal.is_html(el) return el.format:match("^html") ~= nil end

-- A text without what quotations and lists put before its lines.
local function bare(text) return (text:gsub("\n[%s>]*", "\n"):gsub("^[%s>]+", ""):gsub("%s+$", "")) end

function seal.says(text, piece)
  return text ~= nil and bare(piece) ~= "" and bare(text):find(bare(piece), 1, true) ~= nil
end

local function note(what)
  local file = assert(io.open(folder .. "/noted", "ab"))
  file:write(pandoc.json.encode({ here, what }), "\n")
  file:close()
end

function seal.removed(text)
  for tag in text:gmatch("<(%a[%w-]*)") do note("<" .. tag:lower() .. ">") end
end

function seal.sign(name) return '<i data-seal="' .. seal.settings.token .. "-" .. name .. '"></i>' end

local function put_aside(text)
  local name = pandoc.utils.sha1(text)
  local file = assert(io.open(folder .. "/" .. name .. ".html", "wb"))
  file:write(text)
  file:close()
  note(name)
  return seal.sign(name)
end

-- An address that runs nothing: relative, or by a scheme that is known. An entity could spell another one.
local function leads(address)
  local plain = address:gsub("[%z\1-\32\127-\255]", "")
  local start = plain:match("^[^&/?#]*")
  if #start < #plain and plain:sub(#start + 1, #start + 1) == "&" then return false end
  local scheme = start:match("^(%a[%w+.-]*):")
  return scheme == nil and not start:find(":", 1, true) or (scheme ~= nil and schemes[scheme:lower()] == true)
end

local function loads(address)
  local plain = address:gsub("[%z\1-\32\127-\255]", ""):gsub("\\", "/")
  if plain:lower():match("^data:image/%a+;base64,[%w+/=]*$") then return true end
  return plain:match("^//") == nil and plain:match("^[^/?#]*[:&]") == nil
end

local LOADED = set({ "src", "poster" })
local LINKED = set({ "href", "cite", "xlink:href" })
local STYLED = set({ "style", "fill", "stroke", "filter", "mask", "clip-path", "cursor" })
local NEVER = set({ "ping", "srcdoc", "formaction", "action", "http-equiv", "background" })

-- Styles and shapes name what they load as `url(…)`, which a backslash may spell anew; `url(#…)` stays in the page.
local function styles(value)
  local plain = value:lower()
  return not plain:gsub("url%s*%(%s*[\"']?#", ""):find("url%s*%(")
    and not plain:find("[\\@<]") and not plain:find("image%s*%(") and not plain:find("image%-set%s*%(")
    and not plain:find("expression") and not plain:find("/%*")
end

local function is_harmless(tag, name, value)
  if name:match("^on") or NEVER[name] or name:match("^data%-tippy") then return false end
  if name == "srcset" then
    for part in value:gmatch("[^,]+") do if not loads(part) then return false end end
    return true
  end
  if LOADED[name] or (LINKED[name] and tag == "image") then return loads(value) end
  if LINKED[name] then return leads(value) and (tag ~= "use" or value:match("^%s*#") ~= nil) end
  if name == "data-chart" then return value:match("^media/%x+%.js$") ~= nil end
  return not (STYLED[name] or name:match("^marker%-")) or styles(value)
end

-- The same tag with the attributes that are harmless; nil where it is no plain tag of the list.
local function tag_at(text, start)
  local closing = text:match("^</%a[%w-]*%s*>", start)
  if closing then
    local name = closing:match("%a[%w-]*"):lower()
    return tags[name] and closing, start + #closing
  end
  local name = text:match("^<(%a[%w-]*)", start)
  local allowed = name and tags[name:lower()]
  if not allowed then return nil end
  local at, kept = start + 1 + #name, { "<" .. name }
  while true do
    local close = text:match("^%s*/?>", at)
    if close then
      kept[#kept + 1] = close:match("%S+")
      return table.concat(kept), at + #close
    end
    local space, key = text:match("^(%s+)([%a_][%w_.:-]*)", at)
    if not key then return nil end
    at = at + #space + #key
    local value
    local equals, quote = text:match("^(%s*=%s*)([\"']?)", at)
    if equals and quote ~= "" then
      value = text:match("^[^" .. quote .. "]*", at + #equals + 1)
      at = at + #equals + #value + 2
      if text:sub(at - 1, at - 1) ~= quote then return nil end
    elseif equals then
      value = text:match("^[^%s\"'=<>`]+", at + #equals)
      if not value then return nil end
      at = at + #equals + #value
    end
    local lower = key:lower()
    local listed = allowed[lower] or lower:match("^data%-") or lower:match("^aria%-")
    if listed and is_harmless(name:lower(), lower, value or "") and not (value or ""):find("[<>]") then
      local mark = (value or ""):find('"', 1, true) and "'" or '"'
      kept[#kept + 1] = " " .. key .. (value and ("=" .. mark .. value .. mark) or "")
    else
      note(lower .. " of <" .. name:lower() .. ">")
    end
  end
end

local VOID = set({ "area", "br", "col", "hr", "img", "source", "track", "wbr" })
local WITH_CONTENT = set({ "script", "style", "iframe", "noscript", "template", "object", "noembed", "noframes" })

-- Where a tag that is on no list ends, with what is in it where that is not for readers, and its name; nil for no tag.
local function behind(text, start)
  local tag, name = text:match("^(</?(%a[%w-]*)[^<>]*>)", start)
  if not tag then return nil end
  name = name:lower()
  local after = start + #tag
  if WITH_CONTENT[name] and tag:sub(2, 2) ~= "/" then
    local _, close = text:lower():find("</" .. name .. "%s*>", after)
    if not close then return nil end
    after = close + 1
  end
  return after, "<" .. name .. ">"
end

-- A text whose tags are harmless, as it is; of another one nil, or what is left without those that are on no list,
-- where these are asked for.
local function plain_tags(text, left_out)
  local kept, at = {}, 1
  while at <= #text do
    local next_tag = text:find("<", at, true)
    kept[#kept + 1] = text:sub(at, (next_tag or #text + 1) - 1)
    if not next_tag then break end
    local remark = text:match("^<!%-%-[^<>-]*%-%->", next_tag)
    local same, after
    if remark then same, after = remark, next_tag + #remark else same, after = tag_at(text, next_tag) end
    if not same and left_out then
      same = ""
      after, left_out[#left_out + 1] = behind(text, next_tag)
    end
    if not same or not after then return nil end
    kept[#kept + 1] = same
    at = after
  end
  return table.concat(kept)
end

-- A piece whose tags others close or have opened, as around a table that Quarto has read out of it.
local function part_of_more(text)
  local left_out, open = {}, {}
  local rest = plain_tags(text, left_out)
  for close, name, last in (rest or ""):gmatch("<(/?)(%a[%w-]*)[^<>]-(/?)>") do
    name = name:lower()
    if last == "" and not VOID[name] then open[name] = (open[name] or 0) + (close == "" and 1 or -1) end
  end
  for _, count in pairs(open) do
    if count ~= 0 then
      for _, name in ipairs(left_out) do note(name) end
      return rest
    end
  end
end

-- The player of a web video that a trusted chapter asks for by a shortcode, as Quarto writes it.
local function is_own_player(text)
  local frame = text:match('^<div class="quarto%-video[^<>]*>(<iframe [^<>]*></iframe>)</div>$')
    or text:match("^<iframe [^<>]*></iframe>$")
  local source = frame and frame:match(' src="([^"]*)"')
  return source ~= nil and set(own.players)[source] == true
end

function seal.raw(el)
  if not seal.is_html(el) or (own and is_own_player(el.text)) then return nil end
  if own and seal.says(own.own, el.text) and not seal.says(own.outputs, el.text) then return nil end
  el.text = plain_tags(el.text) or part_of_more(el.text) or put_aside(el.text)
  return el
end

-- Drawings and formulas whose tags stand each by itself: one piece, which is judged as a whole.
local function joined(all, kind, written)
  local out, start, name = {}, nil, nil
  for at, el in ipairs(all) do
    local raw = el.t == kind and seal.is_html(el) and el.text:lower():gsub("^%s+", "") or ""
    if start == nil and (raw:match("^<svg[%s>]") or raw:match("^<math[%s>]")) then
      start, name = at, raw:match("%a+")
    end
    if start == nil then
      out[#out + 1] = el
    elseif raw:match("</" .. name .. "%s*>%s*$") then
      out[#out + 1] = pandoc[kind]("html", pandoc.write(written({ table.unpack(all, start, at) }), "html"))
      start = nil
    end
  end
  for at = start or #all + 1, #all do out[#out + 1] = all[at] end
  return out
end

function seal.inlines(all)
  return joined(all, "RawInline", function(part) return pandoc.Pandoc({ pandoc.Plain(part) }) end)
end

function seal.blocks(all)
  return joined(all, "RawBlock", pandoc.Pandoc)
end

function seal.attributes(el)
  local harmful = {}
  for key, value in pairs(el.attributes) do
    if not is_harmless(el.t:lower(), key:lower(), value) then harmful[#harmful + 1] = key end
  end
  for _, key in ipairs(harmful) do
    el.attributes[key] = nil
    note(key .. " of <" .. el.t:lower() .. ">")
  end
  return el
end

function seal.link(el)
  if leads(el.target) then return seal.attributes(el) end
  note("href of <a>")
  return pandoc.Span(el.content)
end

function seal.image(el)
  local kept = seal.attributes(el)
  local scheme = el.src:gsub("[%z\1-\32\127-\255]", ""):match("^(%a[%w+.-]*):")
  if scheme and not schemes[scheme:lower()] and not el.src:lower():match("^data:image/") then
    note("src of <img>")
    return pandoc.Span(el.caption)
  end
  return kept
end

return seal
