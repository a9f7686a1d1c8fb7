-- What filters know of the attributes that lay parts of a div out beside each other.

local M = {}

local LAYOUT = { "layout", "layout-ncol", "layout-nrow", "layout-valign", "layout-align" }

function M.decoded(text)
  local read, value = pcall(pandoc.json.decode, text, false)
  return read and value or nil
end

function M.numbers_only(list)
  if type(list) ~= "table" then return false end
  for _, item in ipairs(list) do
    if type(item) ~= "number" then return false end
  end
  return #list > 0
end

function M.has(attributes)
  for _, name in ipairs(LAYOUT) do
    if attributes[name] then return true end
  end
  return false
end

-- Takes the layout out of attributes; nothing where there is none.
function M.take(attributes)
  local taken, any = {}, false
  for _, name in ipairs(LAYOUT) do
    if attributes[name] then
      taken[name], any = attributes[name], true
      attributes[name] = nil
    end
  end
  return any and taken or nil
end

-- A layout that means nothing is said, and becomes one column.
function M.checked(layout, say)
  local given = layout and M.decoded(layout["layout"] or "[1]")
  if not layout then return nil end
  local fine = type(given) == "table" and #given > 0
  for _, row in ipairs(fine and type(given[1]) == "table" and given or { given }) do
    fine = fine and M.numbers_only(row)
  end
  for _, name in ipairs({ "layout-ncol", "layout-nrow" }) do
    local count = layout[name]
    fine = fine and (not count or (count:match("^%d+$") and tonumber(count) > 0))
  end
  if fine then return layout end
  local shown = layout["layout"] or layout["layout-ncol"] or layout["layout-nrow"]
  say("warning", "layout", "the layout `" .. shown .. "` cannot be read", "its parts stand below each other", shown)
  return { ["layout-ncol"] = "1" }
end

return M
