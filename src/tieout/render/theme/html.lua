-- The last touches to a chapter before it becomes a page: tables that scroll on small screens, and charts by name.

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
      local chart = image.attributes["data-chart"]
      if chart then
        image.attributes["data-chart"] = chart:gsub("^[./]*/", ""):gsub("%.json$", ".js")
        return image
      end
    end,
  },
}
