/** A serial port that the operating system knows of. Ids are those of the USB adapter, hex, where there is one. */
export type SerialPortFound = {
  path: string;
  manufacturer: string | null;
  serialNumber: string | null;
  vendorId: string | null;
  productId: string | null;
};

export type SerialPortsFound =
  | { ok: true; ports: SerialPortFound[] }
  | { ok: false; error: { code: 'ports-not-listed'; reason: string } };

type ListedPort = {
  path: string;
  manufacturer?: string | undefined;
  serialNumber?: string | undefined;
  vendorId?: string | undefined;
  productId?: string | undefined;
};

/**
 * The ports for the set-up wizard. Listing fails as a whole where a part of the system is missing (udev on Linux): the wizard
 * then asks for the path, and a port that is named in the settings works all the same.
 */
export async function listSerialPorts(list: () => Promise<ListedPort[]> = listOfSystem): Promise<SerialPortsFound> {
  try {
    const ports = await list();
    return { ok: true, ports: ports.map(found) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { code: 'ports-not-listed', reason } };
  }
}

async function listOfSystem(): Promise<ListedPort[]> {
  const { SerialPort } = await import('serialport');
  return SerialPort.list();
}

function found(port: ListedPort): SerialPortFound {
  return {
    path: port.path,
    manufacturer: port.manufacturer ?? null,
    serialNumber: port.serialNumber ?? null,
    vendorId: port.vendorId ?? null,
    productId: port.productId ?? null,
  };
}
