return { { Para = function(para)
  if pandoc.utils.stringify(para):match("^Pages have") then return pandoc.Div({ para }, { class = "said-so" }) end
end } }
