function Div(div)
  if div.classes:includes("early") then
    div.classes:insert(quarto.doc.is_format("html") and "seen-on-pages" or "seen-on-paper")
    return div
  end
end
