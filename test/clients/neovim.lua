-- Runs inside Neovim, with the documented configuration, and writes what it saw as JSON.
local result = {}
local out = os.getenv('KEA_RESULT')

local function finish()
  local file = io.open(out, 'w')
  file:write(vim.json.encode(result))
  file:close()
  vim.cmd('qall!')
end

local function try(run)
  local ok, fault = pcall(run)
  if not ok then
    result.fault = tostring(fault)
    finish()
  end
end

local function wait_for(holds, what)
  if not vim.wait(60000, holds, 50) then
    error('It did not come to pass that ' .. what .. '.')
  end
end

local function client()
  return vim.lsp.get_active_clients()[1]
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, diagnostic.code)
  end
  table.sort(found)
  return found
end

local function press(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'tx', false)
end

vim.defer_fn(function()
  try(function()
    local document = os.getenv('KEA_DOCUMENT')
    vim.cmd('edit ' .. document)
    wait_for(function() return client() ~= nil and client().initialized end, 'the server started')
    wait_for(function() return #vim.diagnostic.get(0) > 0 end, 'diagnostics came')
    result.version = vim.version().major .. '.' .. vim.version().minor
    result.diagnostics = codes()

    -- hover, as K shows it
    vim.api.nvim_win_set_cursor(0, { 6, 14 })
    local hover = ask('textDocument/hover', vim.lsp.util.make_position_params())
    result.hover = hover.contents.value
    vim.lsp.buf.hover()
    wait_for(function() return #vim.api.nvim_list_wins() > 1 end, 'a hover window opened')
    result.hover_window = true
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        vim.api.nvim_win_close(window, true)
      end
    end

    -- the quick fix, picked as a user would
    local offered, wanted = {}, os.getenv('KEA_FIX')
    vim.ui.select = function(items, options, choose)
      for _, item in ipairs(items) do
        local action = item[2] or item.action or item
        table.insert(offered, action.title)
      end
      for index, item in ipairs(items) do
        local action = item[2] or item.action or item
        if action.title:find(wanted, 1, true) then
          choose(item, index)
          return
        end
      end
      choose(nil)
    end
    vim.lsp.buf.code_action()
    wait_for(function() return #offered > 0 end, 'actions were offered')
    result.offered = offered
    wait_for(function() return #vim.diagnostic.get(0) == 0 end, 'the fix removed the finding')
    result.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')

    -- completion as the keys do it, in a text that has its closing quote
    vim.fn.search('"enforce"')
    press('ci"u<C-x><C-o><C-y><Esc>')
    result.completed = vim.api.nvim_get_current_line()

    -- all safe fixes
    wanted = ''
    local hasty = '{ "kind": "policy", "name": "A", "administrationGroup": "G", "ksn": {}, }'
    vim.api.nvim_buf_set_lines(0, 0, -1, true, { hasty })
    wait_for(function() return table.concat(codes()):find('json%-syntax') end, 'the trailing comma was found')
    press('\\x')
    wait_for(function() return not table.concat(codes()):find('json%-syntax') end, 'all safe fixes were applied')
    result.safe_fixes = true

    -- a policy below a config of its own
    vim.cmd('edit! ' .. os.getenv('KEA_NESTED'))
    wait_for(function() return #vim.diagnostic.get(0) > 0 end, 'diagnostics of the nested project came')
    result.nested = codes()
    result.roots = {}
    for _, attached in pairs(vim.lsp.buf_get_clients(0)) do
      table.insert(result.roots, vim.fn.fnamemodify(attached.config.root_dir, ':t'))
    end
    finish()
  end)
end, 10)
