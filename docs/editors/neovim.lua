-- Neovim 0.7 or later, without plug-ins: put this into init.lua.
-- Needs `kea-policy-language-server` on the PATH.

local settings = {
  keaPolicy = {
    -- acceptedBy = 'J. Doe',
    -- inlayHints = { enabled = true },
  },
}

-- The repository; without one, the folder of the outermost config: the server finds the projects in it.
local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  local git = vim.fn.finddir('.git', folder .. ';')
  if git == '' then
    git = vim.fn.findfile('.git', folder .. ';')
  end
  if git ~= '' then
    return vim.fn.fnamemodify(git, ':p:s?/$??:h')
  end
  local configs = vim.fn.findfile('kea-policy.config.json', folder .. ';', -1)
  return #configs > 0 and vim.fn.fnamemodify(configs[#configs], ':p:h') or folder
end

-- Completion that replaces what the server says: Neovim's own leaves what stands behind the cursor, such as a quote.
local asked

function _G.kea_policy_complete(findstart, base)
  if findstart == 1 then
    local line, column = vim.api.nvim_get_current_line(), vim.api.nvim_win_get_cursor(0)[2]
    local params = vim.lsp.util.make_position_params(0, 'utf-16')
    local items = {}
    for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 5000) or {}) do
      vim.list_extend(items, (answer.result or {}).items or answer.result or {})
    end
    if #items == 0 then
      return -3
    end
    local range = items[1].textEdit.range
    local close = vim.str_byteindex(line, range['end'].character, true)
    asked = { line = line, items = items, close = close, tail = line:sub(column + 1, close) }
    return vim.str_byteindex(line, range.start.character, true)
  end
  local typed = base:gsub('"', ''):lower()
  local matches = {}
  for index, item in ipairs(asked.items) do
    if vim.startswith(item.label:gsub('"', ''):lower(), typed) then
      local text = item.textEdit.newText
      local word = text:find('\n') and item.label or text
      table.insert(matches, {
        word = vim.endswith(word, asked.tail) and word:sub(1, #word - #asked.tail) or word,
        abbr = item.label,
        kind = vim.lsp.protocol.CompletionItemKind[item.kind],
        info = type(item.documentation) == 'string' and item.documentation or '',
        user_data = { kea_policy = index },
      })
    end
  end
  return matches
end

local function insert_completed()
  local data = vim.v.completed_item.user_data
  local item = asked and type(data) == 'table' and asked.items[data.kea_policy]
  if not item then
    return
  end
  local buffer, row = vim.api.nvim_get_current_buf(), vim.api.nvim_win_get_cursor(0)[1] - 1
  vim.api.nvim_buf_set_lines(buffer, row, row + 1, true, { asked.line })
  local space = vim.api.nvim_create_namespace('kea-policy')
  local mark = vim.api.nvim_buf_set_extmark(buffer, space, row, asked.close, {})
  asked = nil
  vim.lsp.util.apply_text_edits({ item.textEdit, unpack(item.additionalTextEdits or {}) }, buffer, 'utf-16')
  local place = vim.api.nvim_buf_get_extmark_by_id(buffer, space, mark, {})
  vim.api.nvim_buf_del_extmark(buffer, space, mark)
  vim.api.nvim_win_set_cursor(0, { place[1] + 1, place[2] })
end

local function fix_all()
  local context = { only = { 'source.fixAll.keaPolicy' }, diagnostics = {} }
  vim.lsp.buf.code_action(vim.fn.has('nvim-0.8') == 1 and { context = context, apply = true } or context)
end

local function set_up(_, buffer)
  local map = function(keys, action)
    vim.keymap.set('n', keys, action, { buffer = buffer })
  end
  map('K', vim.lsp.buf.hover)
  map('gd', vim.lsp.buf.definition)
  map('gr', vim.lsp.buf.references)
  map('<leader>a', vim.lsp.buf.code_action)
  map('<leader>x', fix_all)
  map('<leader>r', vim.lsp.buf.rename)
  map('<leader>f', vim.lsp.buf.format or vim.lsp.buf.formatting)
  map('<leader>s', vim.lsp.buf.document_symbol)
  map('<leader>w', vim.lsp.buf.workspace_symbol)
  vim.bo[buffer].omnifunc = 'v:lua.kea_policy_complete'
  vim.api.nvim_create_autocmd('CompleteDone', { buffer = buffer, callback = insert_completed })
end

local function config_of(root)
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.textDocument.completion.completionItem.snippetSupport = false
  capabilities.textDocument.completion.completionItem.documentationFormat = { 'plaintext' }
  return {
    name = 'kea-policy',
    cmd = { 'kea-policy-language-server', '--stdio' },
    root_dir = root,
    workspace_folders = { { name = root, uri = vim.uri_from_fname(root) } },
    settings = settings,
    capabilities = capabilities,
    get_language_id = function(buffer)
      local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':t')
      return name == 'kea-policy.config.json' and 'kea-policy-config' or 'kea-policy'
    end,
    -- The server shall send findings: those that Neovim 0.12 asks for grow old when another file changes.
    before_init = function(params)
      params.capabilities.textDocument.diagnostic = nil
    end,
    on_attach = set_up,
  }
end

-- One server for each root; Neovim sees to that since 0.8.
local client_by_root = {}
local start = vim.lsp.start
  or function(config)
    local client = client_by_root[config.root_dir]
    if client == nil or vim.lsp.get_client_by_id(client) == nil then
      client = vim.lsp.start_client(config)
      client_by_root[config.root_dir] = client
    end
    vim.lsp.buf_attach_client(0, client)
  end

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  pattern = { '*.kea-policy.json', 'kea-policy.config.json' },
  callback = function(event)
    start(config_of(root_of(event.file)))
  end,
})
