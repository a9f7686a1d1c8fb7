-- Notes on lines of code: `# <1>` at a line's end, and an ordered list below that says what each number means.
--
-- In the code a sign stands in the number's place (see `shared.note_sign`), which pages and PDF write in their way.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local state
local count = 0

-- What begins a comment, by language; what ends it, where it has to end.
local COMMENTS = {
  c = { "/*", "*/" }, css = { "/*", "*/" }, html = { "<!--", "-->" }, xml = { "<!--", "-->" }, markdown = { "<!--", "-->" },
  sas = { "*", ";" }, ocaml = { "(*", "*)" }, mathematica = { "(*", "*)" },
}
for mark, names in pairs({
  ["#"] = "r python julia bash sh shell ruby perl yaml toml powershell dockerfile make makefile awk gawk coffee nim sed "
    .. "gnuplot octave elixir elm gap stan graphql cmake",
  ["//"] = "scala csharp fsharp cpp c++ cc java javascript js typescript ts go rust sass typst swift kotlin php scss dot groovy "
    .. "asy asymptote d d3 "
    .. "dart ojs haxe json node zig",
  ["--"] = "sql mysql psql lua haskell ada vhdl applescript",
  ["%"] = "matlab tikz tex latex prolog erlang postscript",
  ["!"] = "fortran fortran95 f90",
  [";"] = "scheme lisp commonlisp clojure racket asm nasm ini elisp",
  ["'"] = "vb vbnet",
  ["*"] = "stata cobol",
  ["⍝"] = "apl",
  ["%%"] = "mermaid",
}) do
  for name in names:gmatch("%S+") do COMMENTS[name] = COMMENTS[name] or { mark } end
end

local function escaped(text)
  return (text:gsub("%p", "%%%0"))
end

-- Takes the numbers off the lines of a code block: their lines by number, in the order of first use.
local function notes_in(block)
  local comment = COMMENTS[(block.classes[1] or ""):lower()] or { "#" }
  local pattern = escaped(comment[1]) .. "%s*<(%d+)>%s*" .. escaped(comment[2] or "") .. "%s*$"
  local lines, notes, order, number = {}, {}, pandoc.List({}), 0
  local first = tonumber(block.attributes["startFrom"]) or 1
  for line in (block.text .. "\n"):gmatch("(.-)\n") do
    local marks = ""
    while true do
      local start, _, found = line:find(pattern)
      if not start then break end
      line = line:sub(1, start - 1):match("^.*%S") or ""
      if not notes[found] then
        notes[found] = pandoc.List({})
        order:insert(found)
      end
      notes[found]:insert(tostring(first + number))
      marks = shared.note_sign(found) .. marks
    end
    lines[#lines + 1] = line .. (marks ~= "" and (" " .. marks) or "")
    number = number + 1
  end
  return table.concat(lines, "\n"), notes, order
end

local function bare(text)
  return (text:gsub(" " .. shared.NOTE_SIGNS, ""):gsub(shared.NOTE_SIGNS, ""))
end

-- A code block, in the divs of a cell or by itself; what is between it and the list may be the cell's output.
local function code_in(block)
  if block.t == "CodeBlock" then return block, function(code) return code end end
  if block.t == "Div" and (block.classes:includes("cell") or block.classes:includes("sourceCode")) then
    for index, inner in ipairs(block.content) do
      if inner.t == "CodeBlock" then
        return inner, function(code)
          block.content[index] = code
          return block
        end
      end
    end
  end
end

local function explained(list, notes, order, cell)
  local items = pandoc.List({})
  for index, item in ipairs(list.content) do
    local number = tostring(list.start + index - 1)
    local lines = notes[number]
    local inlines = pandoc.utils.blocks_to_inlines({ item[1] })
    local attributes = { { "data-code-cell", cell }, { "data-code-annotation", number } } -- in this order always
    if lines then table.insert(attributes, { "data-code-lines", table.concat(lines, ",") }) end
    local rest = pandoc.Blocks({ pandoc.Plain({ pandoc.Span(inlines, pandoc.Attr("", {}, attributes)) }) })
    for at = 2, #item do rest:insert(item[at]) end
    items:insert(rest)
  end
  return pandoc.Div({ pandoc.OrderedList(items, list.listAttributes) }, pandoc.Attr("", { "code-annotation-container" }))
end

local function annotated(blocks)
  local out, index = pandoc.Blocks({}), 1
  while index <= #blocks do
    local block, after = blocks[index], blocks[index + 1]
    local code, back = code_in(block)
    local text, notes, order
    if code then text, notes, order = notes_in(code) end
    local listed = after and after.t == "OrderedList"
    if order and #order > 0 and (listed or state.annotations == "none") then
      count = count + 1
      local cell = "annotated-cell-" .. count
      if state.annotations == "none" then
        code.text = bare(text)
        out:insert(back(code))
      else
        code.text = text
        if not code.classes:includes("code-annotation-code") then code.classes:insert("code-annotation-code") end
        code.attributes["annotated"] = cell
        out:insert(back(code))
        out:insert(explained(after, notes, order, cell))
      end
      index = index + (listed and 2 or 1)
    else
      out:insert(block)
      index = index + 1
    end
  end
  return out
end

return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    if state.annotations == false or state.annotations == "false" then return nil end
    doc.blocks = doc.blocks:walk({ Blocks = annotated })
    return doc
  end },
}
