-- Reads a JSON list of Markdown texts; for each, what pandoc finds: its ties, and the digits of its prose.
local stringify = pandoc.utils.stringify
local TEXT = { ["fig-alt"] = true, alt = true, title = true, ["aria-label"] = true, ["data-fig-alt"] = true,
  ["fig-cap"] = true, ["tbl-cap"] = true, ["lst-cap"] = true }

local SUPER = { ["0"] = "⁰", ["1"] = "¹", ["2"] = "²", ["3"] = "³", ["4"] = "⁴", ["5"] = "⁵", ["6"] = "⁶",
  ["7"] = "⁷", ["8"] = "⁸", ["9"] = "⁹" }

local function find(markdown)
  local ties, waived, prose = {}, {}, {}
  local walker
  local function strings(attributes)
    for name, text in pairs(attributes) do
      if TEXT[name] then
        pandoc.read(text, "markdown-tex_math_dollars-citations-smart"):walk(walker)
        prose[#prose + 1] = " "
      end
    end
  end
  walker = {
    traverse = "topdown",
    Link = function(link)
      if link.target:sub(1, 4) == "tie:" then
        local content = link.content:walk({ Superscript = function(el)
          return { pandoc.Str((stringify(el):gsub(".", SUPER))) }
        end })
        ties[#ties + 1] = { link.target:sub(5), stringify(content) }
        strings(link.attributes)
        if link.title ~= "" then strings({ title = link.title }) end
        return link, false
      end
      strings(link.attributes)
      if link.title ~= "" then strings({ title = link.title }) end
    end,
    Image = function(image)
      strings(image.attributes)
      if image.title ~= "" then strings({ title = image.title }) end
    end,
    Span = function(span)
      if span.classes:includes("waived") then
        waived[#waived + 1] = stringify(span.content)
        return span, false
      end
      strings(span.attributes)
    end,
    Div = function(div) strings(div.attributes) end,
    Header = function(header)
      prose[#prose + 1] = "\n"
      strings(header.attributes)
    end,
    Code = function() prose[#prose + 1] = " " return nil end,
    Math = function() prose[#prose + 1] = " " return nil end,
    Cite = function(cite)
      for _, each in ipairs(cite.citations) do
        pandoc.Pandoc({ pandoc.Plain(each.prefix) }):walk(walker)
      end
      prose[#prose + 1] = " "
      return cite, false
    end,
    Str = function(str) prose[#prose + 1] = str.text end,
    Space = function() prose[#prose + 1] = " " end,
    SoftBreak = function() prose[#prose + 1] = " " end,
    LineBreak = function() prose[#prose + 1] = " " end,
    Block = function() prose[#prose + 1] = "\n" end,
  }
  pandoc.read(markdown, "markdown-implicit_figures"):walk(walker)
  local digits = {}
  for run in table.concat(prose):gmatch("%d+") do digits[#digits + 1] = run end
  return { ties = ties, waived = waived, digits = digits, prose = table.concat(prose) }
end

local found = {}
for _, text in ipairs(pandoc.json.decode(io.read("a"), false)) do
  local good, result = pcall(find, text)
  found[#found + 1] = good and result or { error = tostring(result) }
end
io.write(pandoc.json.encode(found))
