-- Resolves `@fig-x` and its kin against the labels of the whole book, and links between chapter files.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local say, hand_over = shared.reporter()
local state

local NBSP = "\u{a0}"

-- The address of a page: a file's name may hold what parts an address (`#`, `?`, `%`, `:`) and what is none (blanks).
local function page(path)
  path = path:gsub("[^%w%-._~/!$&'()*+,;=@]", function(byte) return ("%%%02X"):format(byte:byte()) end)
  return state.offset == "." and path or state.offset .. "/" .. path
end

local function decoded(address)
  return (address:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function href(label)
  if state.format == "typst" or label.chapter == state.chapter then return "#" .. label.id end
  return page(label.href) .. "#" .. label.id
end

local function capitalised(text)
  return pandoc.text.upper(pandoc.text.sub(text, 1, 1)) .. pandoc.text.sub(text, 2)
end

local function prefix_of(label, upper)
  local kind = label.kind
  if kind == "sec" and label.is_chapter then kind = label.appendix and "apx" or "ch" end
  local text = state.names[kind .. "-prefix"]
  return upper and capitalised(text) or text
end

-- One reference as a link; a prefix of the author's own takes the place of the kind's name.
local function reference(citation, label, upper)
  local content = pandoc.Inlines({})
  if label.number == "" then
    content:extend(shared.inlines(label.text))
  else
    if #citation.prefix > 0 then
      content:extend(citation.prefix)
      content:insert(pandoc.Str(NBSP))
    elseif citation.mode ~= "SuppressAuthor" then
      content:insert(pandoc.Str(prefix_of(label, upper) .. NBSP))
    end
    content:insert(pandoc.Str(label.number))
  end
  local out = pandoc.Inlines({ pandoc.Link(content, href(label), "", pandoc.Attr("", { "xref" })) })
  if #citation.suffix > 0 then
    if citation.suffix[1].t ~= "Space" then out:insert(pandoc.Space()) end
    out:extend(citation.suffix)
  end
  return out
end

-- Returns the label, or the kind where it is one that only references have, or nothing for a work cited.
local function find(id)
  local lower = pandoc.text.lower(id:sub(1, 1)) .. id:sub(2)
  local label = state.labels[id] or state.labels[lower]
  if label then return label, id:match("^%u") ~= nil end
  if state.keys[id] then return nil end
  local kind = shared.kind(lower)
  return nil, nil, kind and state.names[kind .. "-prefix"] and kind or nil
end

local function unresolved(id)
  local gap = pandoc.Strong({ pandoc.Str("?@" .. id) })
  return pandoc.Span({ gap }, pandoc.Attr("", { "citation", "quarto-unresolved-ref" }, { cites = id }))
end

local function resolve(cite)
  local works, out = pandoc.List({}), pandoc.Inlines({})
  for _, citation in ipairs(cite.citations) do
    local label, upper, kind = find(citation.id)
    if label or kind then
      if #out > 0 then out:extend({ pandoc.Str(","), pandoc.Space() }) end
      if label then
        out:extend(reference(citation, label, upper))
      elseif state.hidden[citation.id] then
        say("warning", "reference", "`" .. citation.id .. "` is hidden in this format", "hide the reference too",
          "@" .. citation.id)
        out:insert(unresolved(citation.id))
      else
        say("error", "reference", "nothing is labelled `" .. citation.id .. "`", "correct the reference, or give the label",
          "@" .. citation.id)
        out:insert(unresolved(citation.id))
      end
    else
      local place = not state.keys[citation.id] and state.elsewhere[citation.id]
      if place then
        local unknown = citation.id:match("^%a+") or citation.id
        say("warning", "unknown-reference", "cross-references of the kind `" .. unknown .. "` are not known here",
          "its identifier is shown as a link; `crossref: custom:` can define the kind", "@" .. citation.id)
        local target = { id = citation.id, href = place.href, chapter = place.chapter }
        if #out > 0 then out:extend({ pandoc.Str(","), pandoc.Space() }) end
        out:insert(pandoc.Link({ pandoc.Str(citation.id) }, href(target), "", pandoc.Attr("", { "xref" })))
      else
        if not state.keys[citation.id] then
          say("error", "citation", "no work has the key `" .. citation.id .. "`",
            "correct the key, or add the work to the bibliography", "@" .. citation.id)
        end
        works:insert(citation)
      end
    end
  end
  if #out == 0 then return nil end
  if #works > 0 then
    out:extend({ pandoc.Str(";"), pandoc.Space(), pandoc.Cite({}, works) })
  end
  return out
end

-- Links ---------------------------------------------------------------------------------------------------------------

local function normal(path)
  local parts = pandoc.List({})
  for part in path:gmatch("[^/]+") do
    if part == ".." and #parts > 0 and parts[#parts] ~= ".." then
      parts:remove(#parts)
    elseif part ~= "." then
      parts:insert(part)
    end
  end
  return table.concat(parts, "/")
end

-- JupyterLab calls a heading's place as the heading is written, `#Big-O-Notation`; pandoc calls it in small letters,
-- and writes fewer dashes, or more, where the heading has some.
local function place(anchor, anchors)
  if anchors[anchor] then return anchor end
  local own = pandoc.text.lower(decoded(anchor)):gsub("[^%w_.\128-\255-]", ""):gsub("^[%d%p]+", "")
  if anchors[own] then return own end
  local function squeezed(name) return (name:gsub("\u{2013}", "-"):gsub("\u{2014}", "-"):gsub("-+", "-")) end
  local found
  for each in pairs(anchors) do
    if squeezed(each) == squeezed(own) then
      if found then return anchor end
      found = each
    end
  end
  return found or anchor
end

-- A chapter by the address of a link: its file; its name alone, as MyST has it; or its page.
local ENDINGS = { ".ipynb", ".md", ".qmd" }
local function chapter_at(path)
  if state.chapters[path] then return state.chapters[path] end
  local name = path:gsub("%.html$", "")
  if name:match("%.%a+$") then return nil end
  for _, ending in ipairs(ENDINGS) do
    if state.chapters[name .. ending] then return state.chapters[name .. ending] end
  end
end

-- A section is called by its number where MyST's `numref` asks for that; `%s` in its words stands for it.
local function section(el)
  local label, words = state.sections[el.target:match("#(.*)$") or ""], el.attributes["words"]
  el.classes, el.attributes["words"] = el.classes:filter(function(name) return name ~= "numref" end), nil
  if not label then return nil end
  local content = shared.inlines(label.text)
  if label.number ~= "" then
    local before, after = (words or "%s"):match("^(.-)%%s(.*)$")
    if not words then before = prefix_of(label, false) .. NBSP end
    content = pandoc.Inlines({ pandoc.Str(before .. label.number .. after) })
  end
  return pandoc.Link(content, href(label), "", pandoc.Attr("", { "xref" }))
end

local function link(el)
  if el.classes:includes("numref") then
    local counted = section(el)
    if counted then return counted end
  end
  local target = el.target
  if target:match("^%a[%w+.-]*:") or target:match("^//") or target == "" or el.classes:includes("xref") then return nil end
  local path, anchor = target:match("^([^#]*)#?(.*)$")
  path = decoded(path)
  if path == "" then
    local label = state.labels[anchor]
    if label and label.chapter ~= state.chapter and not state.anchors[anchor] then
      el.target = href(label)
      return el
    end
    el.target = "#" .. place(anchor, state.anchors)
    return el
  end
  local from_root = path:sub(1, 1) == "/" and normal(path) or normal(state.folder .. "/" .. path)
  local chapter = chapter_at(from_root)
  if chapter then
    anchor = place(anchor, chapter.anchors)
    if anchor ~= "" and not chapter.anchors[anchor] and not chapter.filled and not anchor:match("^ref%-") then
      say("error", "link", "`" .. from_root .. "` has no `#" .. anchor .. "`", "correct the link, or give the label", target)
    end
    if state.format == "typst" then
      el.target = "#" .. (anchor ~= "" and anchor or chapter.id)
      el.attributes["data-page"] = chapter.href
    else
      el.target = page(chapter.href) .. (anchor ~= "" and "#" .. anchor or "")
    end
    return el
  end
  if from_root:match("%.qmd$") or from_root:match("%.ipynb$") then
    say("error", "link", "`" .. target .. "` is no chapter of the book", "list it in _quarto.yml, or correct the link", target)
  end
  if state.format == "typst" then return el.content end
  if path:sub(1, 1) == "/" then
    el.target = page(from_root) .. (anchor ~= "" and "#" .. anchor or "")
    return el
  end
end

return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    doc.blocks = doc.blocks:walk({ Cite = resolve })
    doc.blocks = doc.blocks:walk({ Link = link })
    hand_over(doc.meta)
    return doc
  end },
}
