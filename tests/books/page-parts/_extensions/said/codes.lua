return {
  ["said"] = function(args, kwargs)
    return pandoc.Span({ pandoc.Str(args[1]) }, { class = pandoc.utils.stringify(kwargs["kind"]) })
  end,
  ["boxed"] = function(args)
    return quarto.Callout({ type = "tip", title = pandoc.utils.stringify(args[1]), content = { pandoc.Para("Inside.") } })
  end,
}
