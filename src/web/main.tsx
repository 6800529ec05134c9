import '@fontsource-variable/inter/index.css'
import './theme.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { applyTheme } from './kit/theme.ts'
import { queryClient } from './queries/query-client.ts'
import { followServerEvents } from './queries/server-events.ts'
import { AppShell } from './shell/app-shell.tsx'

applyTheme()
followServerEvents(queryClient)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    {/* The policy of the page allows no style elements. */}
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <AppShell />
        </BrowserRouter>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
