#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { mendEnvironment } from './mend-environment.ts'
import { runOnPinnedNode } from './pinned-node.ts'

if (!runOnPinnedNode(fileURLToPath(import.meta.url))) {
  mendEnvironment()
  await import('./begin.ts')
}
