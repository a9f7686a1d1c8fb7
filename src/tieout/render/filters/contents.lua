-- Moves what has a label to where `{{< contents label >}}` asks for it.

local shared = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "shared.lua" }))
local say, hand_over = shared.reporter()

local function wanted(para)
  local only = #para.content == 1 and para.content[1]
  return only and only.t == "Span" and only.classes:includes("tieout-contents") and only.attributes["of"] or nil
end

return {
  { Pandoc = function(doc)
    local places, found = {}, {}
    local function note(para)
      local id = wanted(para)
      if id then places[id] = true end
    end
    doc.blocks:walk({ Para = note, Plain = note })
    if not next(places) then return nil end
    local function take(el)
      if not places[el.identifier] or found[el.identifier] then return nil end
      found[el.identifier] = el
      return {}, false
    end
    doc.blocks = doc.blocks:walk({ traverse = "topdown", Div = take, CodeBlock = take, Figure = take, Table = take })
    local function put(para)
      local id = wanted(para)
      if not id then return nil end
      if not found[id] then
        say("warning", "contents", "nothing has the label `" .. id .. "`", "correct it; nothing is shown here", id)
        return {}
      end
      return found[id]
    end
    doc.blocks = doc.blocks:walk({ Para = put, Plain = put })
    hand_over(doc.meta)
    return doc
  end },
}
