import { openFolders } from '../library/folders-state.ts'
import { scanAgain } from '../library/library-actions.ts'
import { changeFilters, NO_FILTERS } from '../library/library-state.ts'
import { client } from '../queries/client.ts'
import { notifyProblem } from './notices.tsx'
import { SCREENS } from './screens.ts'
import { openOverlay } from './shell-state.ts'
import { chooseTheme, THEMES } from './theme.ts'
import { useTray } from './tray-state.ts'

export type PaletteAction = {
  readonly name: string
  /** Other words that it is found by. */
  readonly words: string
  readonly shortcut?: string
  readonly run: () => void
}

const showTray = (): void => useTray.setState({ isOpen: true })

/** Everything that can be done from anywhere. */
export const paletteActions = (go: (path: string) => void): readonly PaletteAction[] => [
  ...SCREENS.map(({ path, name, key }) => ({
    name: `Go to ${name}`,
    words: 'screen open',
    shortcut: `G ${key}`,
    run: () => go(path),
  })),
  {
    name: 'Add a folder of music',
    words: 'root import library new',
    run: () => {
      go('/library')
      openFolders()
    },
  },
  { name: 'Scan all folders again', words: 'refresh read update library', run: () => void scanAgain() },
  {
    name: 'Start training',
    words: 'model learn',
    run: () => {
      go('/training')
      client.train({ body: {} }).then(showTray, notifyProblem)
    },
  },
  {
    name: 'List tracks that need review',
    words: 'filter unsure failed',
    run: () => {
      changeFilters({ ...NO_FILTERS, needsReview: true })
      go('/library')
    },
  },
  {
    name: 'List tracks without labels',
    words: 'filter unlabelled',
    run: () => {
      changeFilters({ ...NO_FILTERS, labelled: 'no' })
      go('/library')
    },
  },
  { name: 'Show jobs', words: 'tray progress failures background', run: showTray },
  {
    name: 'Show the keys of this screen',
    words: 'help shortcuts keyboard',
    shortcut: '?',
    run: () => openOverlay('keys'),
  },
  ...THEMES.map((theme) => ({
    name: `Theme: ${theme}`,
    words: 'appearance colours dark light',
    run: () => chooseTheme(theme),
  })),
]
