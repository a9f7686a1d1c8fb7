-- The filters of the first pass, in order, as one: an interpreter for each would take longer than what they do.

return dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "chain.lua" }))({
  "outputs",
  "conditional",
  "contents",
  "annotations",
  "listtables",
  "equations",
  "normalise",
  "margins",
  "panels",
  "numbers",
})
