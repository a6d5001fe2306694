-- Neovim 0.7 or later, without plug-ins: put this into init.lua.
-- Needs `kea-policy-language-server` on the PATH (npm install --global kea-policy).

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

local client_by_root = {}

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  pattern = { '*.kea-policy.json', 'kea-policy.config.json' },
  callback = function(event)
    local root = root_of(event.file)
    local client = client_by_root[root]
    if client == nil or vim.lsp.get_client_by_id(client) == nil then
      client = vim.lsp.start_client({
        name = 'kea-policy',
        cmd = { 'kea-policy-language-server', '--stdio' },
        root_dir = root,
        workspace_folders = { { name = root, uri = vim.uri_from_fname(root) } },
        get_language_id = function(buffer)
          local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':t')
          return name == 'kea-policy.config.json' and 'kea-policy-config' or 'kea-policy'
        end,
        on_attach = function(_, buffer)
          local map = function(keys, action)
            vim.keymap.set('n', keys, action, { buffer = buffer })
          end
          map('K', vim.lsp.buf.hover)
          map('gd', vim.lsp.buf.definition)
          map('gr', vim.lsp.buf.references)
          map('<leader>a', vim.lsp.buf.code_action)
          map('<leader>r', vim.lsp.buf.rename)
          vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
        end,
      })
      client_by_root[root] = client
    end
    vim.lsp.buf_attach_client(event.buf, client)
  end,
})
