-- Resolves ties, `[shown](tie:ID[:column])`, against the ledger, so that every engine publishes the same numbers.
--
-- Runs in Quarto (as an extension) and in plain pandoc. Reads `.tieout/ledger.json` and nothing else: metadata
-- `tieout-ledger`, the environment's TIEOUT_LEDGER, or the project folder says where it is. Metadata may also give
-- `tieout-format` (html or typst, where the writer is not the final one) and `tieout-offset` (the way to the root).
-- What is wrong is collected in metadata `tieout-problems`; under Quarto it stops the render.

-- Files beside this one: Quarto and pandoc name the folder differently.
local function beside(name)
  if quarto then return quarto.utils.resolve_path(name) end
  return pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), name })
end

local ties = dofile(beside("ties.lua"))
ties.appendix = dofile(beside("appendix.lua"))
ties.appendix.paper = dofile(beside("ledger-paper.lua"))

local function add_resources()
  if not quarto or ties.is_typst() or not quarto.doc.is_format("html") then return end
  local words = ties.words()
  if next(words) then
    local script = "<script>window.tieoutWords = " .. pandoc.json.encode(words):gsub("</", "<\\/") .. ";</script>"
    quarto.doc.include_text("in-header", script)
  end
  quarto.doc.add_html_dependency({
    name = "tieout",
    version = "0.1.0",
    stylesheets = { "ties.css" },
    scripts = {
      { path = "ties.js", afterBody = true },
      { path = "entry.js", afterBody = true },
      { path = "panel.js", afterBody = true },
      { path = "sources.js", afterBody = true },
      { path = "charts.js", afterBody = true },
      { path = "downloads.js", afterBody = true },
      { path = "ledger-table.js", afterBody = true },
    },
  })
end

local function report(meta)
  if #ties.problems == 0 then return end
  if quarto then ties.stop() end
  local list = pandoc.List({})
  for _, item in ipairs(ties.problems) do
    list:insert({
      what = pandoc.MetaString(item.what),
      id = pandoc.MetaString(item.id),
      hint = pandoc.MetaString(item.hint),
    })
  end
  meta["tieout-problems"] = list
end

-- What of Quarto's metadata is shown as it is; the rest, variables too, may still come into the text, with its ties.
local SHOWN = { title = true, subtitle = true, pagetitle = true, description = true, abstract = true }

-- What Quarto makes of the document holds some texts beside Pandoc's tree: of these its own kinds of nodes tell.
local function of_quarto(node)
  if node.attributes then ties.resolve_attributes(node) end
  if node.attr then ties.resolve_attributes(node.attr) end
  return node
end

return {
  {
    Pandoc = function(doc)
      ties.set_up(doc.meta)
      for key, value in pairs(doc.meta) do
        if not quarto or SHOWN[key] then doc.meta[key] = ties.resolve_meta(value) end
      end
      doc.blocks = ties.resolve(doc.blocks)
      add_resources()
      report(doc.meta)
      return doc
    end,
  },
  { FloatRefTarget = of_quarto, Callout = of_quarto, Theorem = of_quarto, DecoratedCodeBlock = of_quarto },
}
