/**
 * Ends a command that has talked to a hub, once what it said is written. The subscription link keeps timers of up to 15 seconds that nobody
 * can end, and a command must not look as if it hung.
 */
export function endProcess(exitCode: number): void {
  process.exitCode = exitCode;
  let open = 2;
  const written = (): void => {
    open -= 1;
    if (open === 0) process.exit();
  };
  process.stdout.write('', written);
  process.stderr.write('', written);
}
