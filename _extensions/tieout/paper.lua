-- Runs in Quarto for the PDF in Tieout's form: where parts and appendices of the book begin.

local function is_book()
  local state = quarto.doc.file_metadata()
  return quarto.doc.is_format("typst") and state ~= nil and state.file ~= nil
end

local headings = {
  Header = function(header)
    if header.level ~= 1 or not is_book() then return nil end
    local item = quarto.doc.file_metadata().file
    if item.bookItemType == "part" then
      local content = pandoc.Inlines({ pandoc.RawInline("typst", "#part[") })
      content:extend(header.content)
      content:insert(pandoc.RawInline("typst", "]"))
      return pandoc.Plain(content)
    end
    if item.bookItemType == "appendix" and (item.bookItemNumber == 1 or item.bookItemNumber == nil) then
      local start = pandoc.RawBlock("typst", "#show: appendices")
      -- The heading that Quarto puts before the first of them is none of the book's own.
      return header.classes:includes("unnumbered") and { start } or { start, header }
    end
  end,
}

return quarto.utils.combineFilters({ quarto.utils.file_metadata_filter(), headings })
