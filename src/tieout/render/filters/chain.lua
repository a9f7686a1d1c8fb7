-- Makes one filter of several files beside it, each of which returns its own list of filters.

return function(names)
  local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
  local chain = {}
  for _, name in ipairs(names) do
    for _, filter in ipairs(dofile(pandoc.path.join({ here, name .. ".lua" }))) do table.insert(chain, filter) end
  end
  return chain
end
