-- Names the parts of callouts and of tabs, and lays out what a div wants beside each other. Looks come later.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local shared = dofile(pandoc.path.join({ here, "shared.lua" }))
local layouts = dofile(pandoc.path.join({ here, "layouts.lua" }))
local say, hand_over = shared.reporter()
local state
local count = 0

local function callout(div)
  local kind
  for _, name in ipairs(div.classes) do
    kind = kind or name:match("^callout%-(.+)$")
  end
  if not kind or div.classes:includes("callout") then return nil end
  if not shared.callouts[kind] then
    say("warning", "unknown-callout", "unknown type of callout `" .. kind .. "`",
      "its text is shown without a frame; note, tip, warning, important and caution are known", "callout-" .. kind)
    return nil
  end
  local attributes = div.attributes
  local appearance = attributes["appearance"] or state.callout_appearance or "default"
  local title
  if attributes["title"] or attributes["caption"] then
    title = shared.inlines(attributes["title"] or attributes["caption"])
  elseif div.content[1] and div.content[1].t == "Header" then
    title = div.content[1].content
    div.content:remove(1)
  elseif appearance == "default" or attributes["collapse"] then
    title = pandoc.Inlines({ pandoc.Span({ pandoc.Str(state.names[kind]) }, pandoc.Attr("", { "callout-kind" })) })
  end
  local extra = div.classes:filter(function(name) return not name:match("^callout%-") end)
  local classes = pandoc.List({ "callout", "callout-" .. kind, "callout-" .. appearance })
  classes:extend(extra)
  if attributes["icon"] == "false" or (state.callout_icon == false and attributes["icon"] ~= "true") then
    classes:insert("callout-no-icon")
  end
  local parts = pandoc.Blocks({})
  if title then parts:insert(pandoc.Div({ pandoc.Plain(title) }, pandoc.Attr("", { "callout-title" }))) end
  parts:insert(pandoc.Div(div.content, pandoc.Attr("", { "callout-body" })))
  local kept = { ["callout-kind"] = kind }
  if attributes["collapse"] then kept["collapse"] = attributes["collapse"] end
  return pandoc.Div(parts, pandoc.Attr(div.identifier, classes, kept))
end

-- What cells have written stands in divs of its own: their headings name tabs as well.
local function outputs_open(blocks)
  local out = pandoc.Blocks({})
  for _, block in ipairs(blocks) do
    local is_output = block.t == "Div" and (block.classes:includes("cell-output") or block.classes:includes("cell"))
    local first = is_output and block.content[1]
    if first and first.t == "Header" then out:extend(block.content) else out:insert(block) end
  end
  return out
end

local function tabset(div)
  if not div.classes:includes("panel-tabset") then return nil end
  div.content = outputs_open(div.content)
  local level
  for _, block in ipairs(div.content) do
    if block.t == "Header" then level = math.min(level or 9, block.level) end
  end
  if not level then return nil end
  count = count + 1
  local before, panes, bodies = pandoc.Blocks({}), pandoc.List({}), pandoc.List({})
  for _, block in ipairs(div.content) do
    if block.t == "Header" and block.level == level then
      local title = pandoc.Div({ pandoc.Plain(block.content) }, pandoc.Attr("", { "tab-title" }))
      local classes = pandoc.List({ "tab-pane" })
      if block.classes:includes("active") then classes:insert("active") end
      local id = "tabset-" .. count .. "-" .. #panes + 1
      bodies:insert(pandoc.Div({}, pandoc.Attr(block.identifier, { "tab-body" })))
      panes:insert(pandoc.Div({ title }, pandoc.Attr(id, classes)))
    elseif #panes == 0 then
      before:insert(block)
    else
      bodies[#bodies].content:insert(block)
    end
  end
  for index, pane in ipairs(panes) do pane.content:insert(bodies[index]) end
  before:extend(panes)
  -- What is inside a tab may be out of sight: tables of contents do not lead there.
  div.content = before:walk({
    Header = function(header)
      header.classes:extend({ "unnumbered", "unlisted" })
      return header
    end,
  })
  return div
end

local function layout_div(div)
  local layout = not div.classes:includes("layout") and layouts.checked(layouts.take(div.attributes), say)
  if not layout then return nil end
  div.classes = div.classes:filter(function(name) return name ~= "layout-only" end)
  div.content = pandoc.Blocks({ pandoc.Div(div.content, pandoc.Attr("", { "layout" }, layout)) })
  return div
end

return {
  { Pandoc = function(doc)
    state = shared.read_state(doc.meta)
    doc.blocks = doc.blocks:walk({ Div = function(div) return callout(div) or tabset(div) or layout_div(div) end })
    hand_over(doc.meta)
    return doc
  end },
}
