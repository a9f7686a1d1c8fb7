-- The last touches to a chapter before it becomes a page: tables that scroll on small screens, and charts by name.

local NARROW = "(max-width: 36rem)"  -- where a chart of 600 pixels would be set too small to read

local function label_of(tbl)
  local caption = pandoc.utils.blocks_to_inlines(tbl.caption.long)
  return #caption > 0 and pandoc.utils.stringify(caption) or "Table"
end

return {
  {
    Table = function(tbl)
      local box = pandoc.Attr("", { "table-scroll" }, { { "role", "region" }, { "aria-label", label_of(tbl) } })
      return pandoc.Div({ tbl }, box)
    end,
    -- The image has its alternative text already; charts are fetched by the path of their script.
    Image = function(image)
      local chart, narrow = image.attributes["data-chart"], image.attributes["data-narrow"]
      if chart then image.attributes["data-chart"] = chart:gsub("^[./]*/", ""):gsub("%.json$", ".js") end
      if not narrow then return chart and image or nil end
      image.attributes["data-narrow"] = nil
      local path = narrow:gsub("[^%w%-._~/]", function(byte) return ("%%%02X"):format(byte:byte()) end)
      local source = ('<picture><source media="%s" srcset="%s">'):format(NARROW, path)
      return { pandoc.RawInline("html", source), image, pandoc.RawInline("html", "</picture>") }
    end,
  },
}
