import { client } from '../kit/client.ts'
import type { Command } from '../kit/commands.ts'
import { showTray } from '../kit/jobs/tray-state.ts'
import { notifyProblem } from '../kit/notices.tsx'

export const TRAINING_COMMANDS: readonly Command[] = [
  {
    name: 'Start training',
    words: 'model learn',
    run: (go) => {
      go('/training')
      client.train({ body: {} }).then(showTray, notifyProblem)
    },
  },
]
