import type { Command } from '../kit/commands.ts'
import { showTray } from '../kit/jobs/tray-state.ts'
import { chooseTheme, THEMES } from '../kit/theme.ts'
import { askToQuit } from '../queries/quit-state.ts'
import { openOverlay } from './overlay.ts'
import { NAVIGATION, SCREENS } from './screens.tsx'
import { SHELL_KEYS } from './shell-keys.ts'

/** Everything that can be done from anywhere. */
export const COMMANDS: readonly Command[] = [
  ...NAVIGATION.map(
    ({ path, name, key }): Command => ({
      name: `Go to ${name}`,
      words: 'screen open',
      shortcut: `G ${key}`,
      run: (go) => go(path),
    }),
  ),
  ...SCREENS.flatMap(({ commands }) => commands),
  { name: 'Show jobs', words: 'tray progress failures background', run: showTray },
  {
    name: 'Show the keys of this screen',
    words: 'help shortcuts keyboard',
    shortcut: SHELL_KEYS.actions.help.keys[0]!,
    run: () => openOverlay('keys'),
  },
  { name: 'Quit Algiers', words: 'end exit close stop', run: askToQuit },
  ...THEMES.map((theme) => ({
    name: `Theme: ${theme}`,
    words: 'appearance colours dark light',
    run: () => chooseTheme(theme),
  })),
]
