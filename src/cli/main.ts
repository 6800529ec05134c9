#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { runOnPinnedNode } from './pinned-node.ts'

if (!runOnPinnedNode(fileURLToPath(import.meta.url))) await import('./begin.ts')
