-- The filters of the second pass after ties and citations, in order, as one.

return dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "chain.lua" }))({
  "present",
  "outline",
  "classes",
})
