#!/usr/bin/env node
import { keepCompiledCode } from './keep-compiled-code.ts'

keepCompiledCode()
// Only what is imported from here on is kept compiled.
await import('./run-process.ts')
