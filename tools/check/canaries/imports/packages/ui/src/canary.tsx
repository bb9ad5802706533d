import { useState } from 'react';
import { Button } from '@mantine/core';
import { decide } from '@evertill/retail'; // refused
import { readFile } from 'node:fs/promises'; // refused
import { ipcRenderer } from 'electron/renderer'; // refused
export const all = [useState, Button, decide, readFile, ipcRenderer];
