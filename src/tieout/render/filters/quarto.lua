-- The part of Quarto's Lua functions that filters and shortcodes of projects call most: loaded before each of them.
-- What would load scripts or styles does nothing: pages load what the theme brings.

local here = TIEOUT

local ALIASES = {
  html = { "html", "html4", "html5", "html:js" },
  typst = { "typst", "pdf" },
}

local function is_format(name)
  for _, alias in ipairs(ALIASES[here.format]) do
    if alias == name then return true end
  end
  return false
end

local function nothing() end

local function kind_of(value)
  return (pandoc.utils.type(value):gsub("^pandoc ", ""))
end

local function as_blocks(value)
  local kind = kind_of(value)
  if value == nil then return pandoc.Blocks({}) end
  if kind == "Blocks" then return value end
  if kind == "string" then return pandoc.read(value, "markdown").blocks end
  if kind == "Inlines" then return pandoc.Blocks({ pandoc.Plain(value) }) end
  if kind == "Block" then return pandoc.Blocks({ value }) end
  if kind == "Inline" then return pandoc.Blocks({ pandoc.Plain({ value }) }) end
  local out, words = pandoc.Blocks({}), pandoc.Inlines({})
  for _, item in ipairs(value) do
    if kind_of(item) == "Inline" then words:insert(item) else out:extend(as_blocks(item)) end
  end
  if #words > 0 then out:insert(pandoc.Plain(words)) end
  return out
end

local function as_inlines(value)
  if kind_of(value) == "string" then return pandoc.utils.blocks_to_inlines(pandoc.read(value, "markdown").blocks) end
  return pandoc.utils.blocks_to_inlines(as_blocks(value))
end

local function text_attributes(given, names)
  local out = {}
  for _, name in ipairs(names) do
    if given[name] ~= nil then out[#out + 1] = { name, tostring(given[name]) } end
  end
  return out
end

local function attribute_of(given)
  local attr = given.attr or pandoc.Attr()
  return given.id or attr.identifier, pandoc.List(attr.classes)
end

local function callout(given)
  local content = as_blocks(given.content)
  if given.title ~= nil then content:insert(1, pandoc.Header(2, as_inlines(given.title))) end
  local id, classes = attribute_of(given)
  classes:insert("callout-" .. (given.type or "note"))
  return pandoc.Div(content, pandoc.Attr(id, classes, text_attributes(given, { "appearance", "icon", "collapse" })))
end

local function tabset(given)
  local content = pandoc.Blocks({})
  for _, tab in ipairs(given.tabs or {}) do
    content:insert(pandoc.Header(given.level or 2, as_inlines(tab.title)))
    content:extend(as_blocks(tab.content))
  end
  local id, classes = attribute_of(given)
  classes:insert("panel-tabset")
  return pandoc.Div(content, pandoc.Attr(id, classes))
end

local function float(given)
  local content = as_blocks(given.content)
  local caption = given.caption_long or given.caption
  if caption then content:insert(pandoc.Para(as_inlines(caption))) end
  return pandoc.Div(content, pandoc.Attr(given.identifier or ""))
end

local function conditional(given)
  local attributes = {}
  for _, pair in ipairs(given.condition or {}) do attributes[#attributes + 1] = { pair[1], pair[2] } end
  return pandoc.Div(as_blocks(given.node), pandoc.Attr("", { given.behavior or "content-visible" }, attributes))
end

local function resolve_path(path)
  return path:sub(1, 1) == "/" and path or pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), path })
end

-- As in Quarto, a module may be named by its path, absolute or from the filter's folder.
local named = require
function require(name)
  if not name:match("/") then return named(name) end
  local path = resolve_path(name) .. ".lua"
  if package.loaded[path] == nil then package.loaded[path] = dofile(path) or true end
  return package.loaded[path]
end

quarto = {
  version = pandoc.types.Version(here.version),
  doc = {
    is_format = is_format, isFormat = is_format, input_file = here.input, output_file = here.output,
    has_bootstrap = function() return here.format == "html" end,
    add_html_dependency = nothing, addHtmlDependency = nothing, attach_to_dependency = nothing,
    use_latex_package = nothing, include_text = nothing, includeText = nothing, include_file = nothing,
    includeFile = nothing, add_format_resource = nothing, add_resource = nothing, add_supporting = nothing,
    language = here.words, project_output_file = function() return here.output end,
    is_filter_active = function() return false end, crossref = {},
  },
  log = { output = nothing, info = nothing, warning = nothing, debug = nothing, error = nothing, trace = nothing },
  utils = {
    type = kind_of, resolve_path = resolve_path, resolve_path_relative_to_document = resolve_path, dump = nothing,
    as_blocks = as_blocks, as_inlines = as_inlines, is_empty_node = function(node) return #(node.content or {}) == 0 end,
    string_to_inlines = as_inlines,
    string_to_blocks = function(text) return pandoc.read(text, "markdown").blocks end,
  },
  json = { encode = pandoc.json.encode, decode = pandoc.json.decode },
  project = { directory = here.root, offset = here.offset, profile = pandoc.List({}) },
  format = { is_html_output = function() return is_format("html") end, is_typst_output = function() return is_format("typst") end,
    is_latex_output = function() return false end, is_docx_output = function() return false end },
  metadata = { get = function(name) return here.metadata[name] end },
  Callout = callout, Tab = function(given) return given end, Tabset = tabset, FloatRefTarget = float,
  ConditionalBlock = conditional,
}
